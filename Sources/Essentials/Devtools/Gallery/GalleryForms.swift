import PortalKit
import PortalUI

/// What people press and fill in.
extension Gallery {
    var formSamples: [GallerySample] {
        [
            buttons, quietButtons, fields, choices, settingRows, asking, confirmations, finding, searching, filters,
            chips, keys,
        ]
    }

    private var buttons: GallerySample {
        GallerySample(
            "buttons", words.title(.buttons), code: "Button.link, Button.form, Button.submit, Button.press",
            [
                state(.normal, Button.link(words.label(.sample), here)),
                state(.main, Button.link(words.label(.sample), here, isMain: true)),
                state(.form, Button.form(words.label(.sample), to: here)),
                state(.row, pressed),
                state(.long, Button.link(texts.sentence, here)),
                state(.rightToLeft, Button.link(texts.rightToLeft, here)),
                state(.hostile, Button.link(texts.hostile, here)),
            ])
    }

    private var pressed: HTML {
        PartForm.html(
            to: here, part: "components",
            ActionRow.html(
                HTML { h in
                    h.add(Button.submit(words.label(.one), isMain: true))
                    h.add(Button.press(words.label(.two), name: "gallery-press", value: "two"))
                }))
    }

    private var quietButtons: GallerySample {
        func button(_ text: String) -> HTML {
            QuietButton.form(text, label: text, to: here, fields: [("gallery-quiet", "1")])
        }
        return GallerySample(
            "quiet-buttons", words.title(.quietButtons), code: "QuietButton.form",
            [
                state(.normal, button(words.label(.sample))),
                state(.row, Specimen.row([button(texts.rightToLeft), button(texts.pictures)])),
            ])
    }

    private var asking: GallerySample {
        func ask(_ name: GalleryLabel, _ value: String, problem: String? = nil, isMain: Bool) -> HTML {
            AskForm.html(
                to: here, label: "\(words.title(.asking)): \(words.label(name))",
                field: TextField.html(
                    words.label(.name), name: "gallery-ask-\(isMain)", value: value, help: texts.sentence,
                    problem: problem), button: words.label(.sample), isMain: isMain)
        }
        return GallerySample(
            "asking", words.title(.asking), code: "AskForm.html",
            [
                state(.main, isWide: true, ask(.main, "", isMain: true)),
                state(.wrong, isWide: true, ask(.wrong, texts.hostile, problem: words.problem, isMain: false)),
            ])
    }

    private var confirmations: GallerySample {
        let buttons = HTML { h in
            h.add(Button.form(words.label(.main), to: here, isMain: true))
            h.add(Button.link(words.label(.sample), here))
        }
        return GallerySample(
            "confirmations", words.title(.confirmations), code: "Confirmation.html, ActionRow.html",
            [
                state(.alone, Confirmation.html(Button.link(words.label(.sample), here, isMain: true))),
                state(.row, Confirmation.html(isRow: true, buttons)),
                state(.normal, ActionRow.html(buttons)),
            ])
    }

    private var searching: GallerySample {
        func search(_ label: GalleryLabel, _ value: String) -> HTML {
            SearchForm.html(
                to: here, value: value, label: "\(words.title(.searching)): \(words.label(label))",
                button: words.label(.sample))
        }
        return GallerySample(
            "searching", words.title(.searching), code: "SearchForm.html",
            [
                state(.empty, isWide: true, search(.empty, "")),
                state(.filled, isWide: true, search(.filled, texts.hostile)),
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

    private func segments(_ label: String) -> HTML {
        Segments.html(
            label, name: "gallery-segment", to: here,
            [
                .init("a", words.label(.light), isChosen: true), .init("b", words.label(.dark), isChosen: false),
            ])
    }

    private var choices: GallerySample {
        let boxes: [FilterForm.Choice] = ([(GalleryLabel.normal, texts.short)] + texts.all).enumerated().map {
            .init(String($0.offset), label: $0.element.1, count: 0, isChosen: $0.offset == 0)
        }
        return GallerySample(
            "choices", words.title(.choices), code: "Segments.html, SelectField.html, Checkboxes.html",
            [
                state(.one, Specimen.row([segments(words.label(.choice))])),
                state(.row, SelectField.html(words.label(.choice), name: "gallery-one", boxes)),
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
                        .init(words.label(.name), texts.sentence, control: segments(words.label(.name))),
                        .init(texts.long, control: Button.link(words.label(.sample), here)),
                    ]))
            ])
    }

    private var finding: GallerySample {
        let box = FindForm.Box(words.label(.choice), name: "choice", isChecked: true)
        return GallerySample(
            "find", words.title(.finding), code: "FindForm.html",
            [
                state(.empty, FindForm.html(words.label(.empty), action: here, name: "a", value: "", interface)),
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
