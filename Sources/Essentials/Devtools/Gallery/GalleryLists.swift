import Foundation
import PortalKit
import PortalUI

/// Rows, facts and what belongs to them.
extension Gallery {
    var listSamples: [GallerySample] { [tables, selections, pagers, facts, pairs, tags, timelines, folds] }

    private var tables: GallerySample {
        GallerySample(
            "tables", words.title(.tables), code: "Table.html",
            [
                state(.normal, isWide: true, table(rows: [row(texts.short, 12), row(texts.sentence, 3)])),
                state(.extreme, isWide: true, table(rows: texts.all.map { row($0.1, 1_234_567) })),
            ])
    }

    private func table(rows: [Table.Row], _ title: GalleryTitle = .tables) -> HTML {
        Table.html(
            words.title(title),
            [
                .init(words.label(.name), width: .wide, sort: .init(here, isDescending: false)),
                .init(words.label(.text), sort: .init(here)), .init(words.label(.number), width: .number),
                .init(words.label(.spare), width: .spare),
            ], rows: rows, interface)
    }

    private func row(_ text: String, _ number: Int, choice: String? = nil, isChosen: Bool = false) -> Table.Row {
        .init(
            [Plain.html(text), Plain.html(text), Plain.html(String(number)), TagList.html([texts.short])],
            choice: choice.map { .init(form: $0, name: "row", value: text, label: text, isChosen: isChosen) })
    }

    private var selections: GallerySample {
        func rows(_ form: String, isChosen: Bool) -> HTML {
            HTML { h in
                h.add(
                    table(
                        rows: [
                            row(texts.short, 12, choice: form, isChosen: isChosen), row("orders", 3, choice: form),
                        ], .selections))
                h.add(
                    SelectionBar.html(
                        id: form, chosen: words.label(.chosen), back: here.text,
                        [.init(words.label(.sample), to: here), .init(texts.rightToLeft, to: here, method: "get")]))
            }
        }
        return GallerySample(
            "selections", words.title(.selections), code: "Table.Row.Choice, SelectionBar.html",
            [
                state(.empty, isWide: true, rows("gallery-none", isChosen: false)),
                state(.choice, isWide: true, rows("gallery-some", isChosen: true)),
            ])
    }

    private var pagers: GallerySample {
        GallerySample(
            "pagers", words.title(.pagers), code: "Pager.html, Pager.more",
            [
                state(
                    .first, isWide: true,
                    Pager.html("1–20 / 97", previous: nil, next: here, label: words.label(.first), interface)),
                state(
                    .middle, isWide: true,
                    Pager.html(
                        "21–40 / 97", previous: here, next: here, sizes: [(20, nil), (50, here), (100, here)],
                        label: words.label(.middle), interface)),
                state(
                    .last, isWide: true,
                    Pager.html("81–97 / 97", previous: here, next: nil, label: words.label(.last), interface)),
                state(.one, isWide: true, Pager.html("1–3 / 3", previous: nil, next: nil, interface)),
                state(.more, isWide: true, Pager.more(words.label(.sample), here)),
            ])
    }

    private var facts: GallerySample {
        GallerySample(
            "facts", words.title(.facts), code: "FactStrip.html",
            [
                state(
                    .normal, isWide: true,
                    FactStrip.html([
                        (words.label(.name), Plain.html(texts.short)), (words.label(.number), Plain.html("1,204")),
                        (words.title(.lifecycles), Lifecycle.html("production")),
                    ])),
                state(
                    .extreme, isWide: true,
                    FactStrip.html(texts.all.map { (words.label($0.0), Plain.html($0.1)) })),
            ])
    }

    private var pairs: GallerySample {
        GallerySample(
            "pairs", words.title(.pairs), code: "Pairs.text, Pairs.html",
            [
                state(.normal, Pairs.text([(words.label(.name), texts.short), (words.label(.number), "42")])),
                state(
                    .code, Pairs.text([("backstage.io/techdocs-ref", "dir:."), (texts.long, texts.long)], isCode: true)),
                state(
                    .sign,
                    Pairs.html([
                        (words.title(.lifecycles), Lifecycle.html("production")),
                        (words.title(.code), Code.copied(texts.short, interface)),
                    ])),
                state(.extreme, Pairs.text(texts.all.map { (words.label($0.0), $0.1) })),
            ])
    }

    private var tags: GallerySample {
        GallerySample(
            "tags", words.title(.tags), code: "TagList.html",
            [
                state(.normal, TagList.html(["java", "data", "website"])),
                state(.more, TagList.html((1...9).map { "tag-\($0)" }, mostShown: 3)),
                state(.extreme, TagList.html(texts.all.map(\.1))),
            ])
    }

    private var timelines: GallerySample {
        let now = context.now
        return GallerySample(
            "timelines", words.title(.timelines), code: "Timeline.html",
            [
                state(
                    .normal,
                    Timeline.html([
                        .init(words.label(.text), time: Time.html(now, now: now, interface)),
                        .init(
                            texts.sentence, time: Time.html(now.addingTimeInterval(-7_200), now: now, interface),
                            details: Difference.html(before: "experimental", after: "production")),
                        .init(texts.hostile, time: Time.html(now.addingTimeInterval(-90_000_000), now: now, interface)),
                    ]))
            ])
    }

    private var folds: GallerySample {
        GallerySample(
            "folds", words.title(.folds), code: "Fold.html",
            [
                state(.closed, Fold.html(words.label(.name), count: 12, Card.quiet(texts.sentence))),
                state(.open, Fold.html(words.label(.name), isOpen: true, Card.quiet(texts.sentence))),
            ])
    }
}
