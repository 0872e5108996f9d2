import PortalKit
import PortalUI

/// What people press and fill in.
extension Gallery {
    var formSamples: [GallerySample] { [buttons, fields, choices, settingRows, finding, filters, chips, keys] }

    private var buttons: GallerySample {
        GallerySample(
            "buttons", words.title(.buttons), code: "Button.link, Button.form",
            [
                state(.normal, Button.link(words.label(.sample), here)),
                state(.main, Button.link(words.label(.sample), here, isMain: true)),
                state(.form, Button.form(words.label(.sample), to: "/devtools/gallery", method: "get")),
                state(.long, Button.link(texts.sentence, here)),
                state(.rightToLeft, Button.link(texts.rightToLeft, here)),
                state(.hostile, Button.link(texts.hostile, here)),
            ])
    }

    private var fields: GallerySample {
        func field(_ name: String, value: String = "", help: String = "", problem: String? = nil) -> HTML {
            TextField.html(
                words.label(.name), name: "gallery-\(name)", value: value, placeholder: "https://example.org",
                help: help, problem: problem)
        }
        return GallerySample(
            "fields", words.title(.fields), code: "TextField.html",
            [
                state(.empty, field("empty")), state(.filled, field("filled", value: texts.short)),
                state(.help, field("help", help: texts.sentence)),
                state(.wrong, field("wrong", value: texts.hostile, problem: words.problem)),
                state(.long, field("long", value: texts.long)),
                state(.rightToLeft, field("rtl", value: texts.rightToLeft)),
            ])
    }

    private var segments: HTML {
        Segments.html(
            words.label(.choice), name: "gallery-segment", to: here,
            [
                .init("a", words.label(.light), isChosen: true), .init("b", words.label(.dark), isChosen: false),
            ])
    }

    private var choices: GallerySample {
        let boxes: [FilterForm.Choice] = ([(GalleryLabel.normal, texts.short)] + texts.all).enumerated().map {
            .init(String($0.offset), label: $0.element.1, count: 0, isChosen: $0.offset == 0)
        }
        return GallerySample(
            "choices", words.title(.choices), code: "Segments.html, Checkboxes.html",
            [
                state(.one, segments),
                state(.many, Checkboxes.html(words.label(.many), name: "gallery-box", boxes)),
            ])
    }

    private var settingRows: GallerySample {
        GallerySample(
            "settings", words.title(.settingRows), code: "SettingRows.html",
            [
                state(
                    .normal, isWide: true,
                    SettingRows.html([
                        .init(words.label(.name), texts.sentence, control: segments),
                        .init(texts.long, control: Button.link(words.label(.sample), here)),
                    ]))
            ])
    }

    private var finding: GallerySample {
        let box = FindForm.Box(words.label(.choice), name: "choice", isChecked: true)
        return GallerySample(
            "find", words.title(.finding), code: "FindForm.html",
            [
                state(.empty, FindForm.html(words.label(.name), action: here, name: "a", value: "", interface)),
                state(
                    .filled,
                    FindForm.html(
                        words.label(.name), action: here, name: "b", value: texts.hostile, boxes: [box], clear: here,
                        interface)),
            ])
    }

    private var filters: GallerySample {
        let choices: [FilterForm.Choice] = [
            .init("a", label: texts.short, count: 12, isChosen: true),
            .init("b", label: texts.long, count: 3, isChosen: false),
            .init("c", label: texts.rightToLeft, count: 0, isChosen: false),
            .init("d", label: texts.hostile, count: 1_204, isChosen: false),
        ]
        let form = FilterForm(
            action: here,
            fields: [
                .select(words.label(.choice), name: "gallery-select", choices),
                .text(words.label(.name), name: "gallery-text", value: "", placeholder: words.label(.empty)),
                .one(words.label(.one), name: "gallery-one", choices),
                .many(words.label(.many), name: "gallery-many", choices, rest: .folded(here)),
            ], hidden: [], activeCount: 2, past: "#forms-filters", swap: "components", interface)
        return GallerySample(
            "filters", words.title(.filters), code: "FilterForm",
            [
                state(.filled, isWide: true, form.html)
            ])
    }

    private var chips: GallerySample {
        GallerySample(
            "chips", words.title(.chips), code: "FilterChips.html",
            [
                state(.one, FilterChips.html([(texts.short, here)], clear: here, swap: "components", interface)),
                state(
                    .many,
                    FilterChips.html(
                        ([(GalleryLabel.normal, texts.short)] + texts.all).map { ($0.1, here) }, clear: here,
                        swap: "components",
                        interface)),
            ])
    }

    private var keys: GallerySample {
        GallerySample(
            "keys", words.title(.keys), code: "KeyNames.html",
            [
                state(.one, KeyNames.html(["?"])), state(.many, KeyNames.html([interface.controlKey, "K"])),
            ])
    }
}
