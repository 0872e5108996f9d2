import PortalKit
import PortalUI

/// How pages begin, hang together and stand beside one another.
extension Gallery {
    var waySamples: [GallerySample] { [heads, tabs, cards, columns, menus] }

    private var heads: GallerySample {
        GallerySample(
            "heads", words.title(.heads), code: "PageHead.html",
            [
                state(
                    .normal, isWide: true,
                    PageHead.html(
                        texts.short, sign: Icon.kind("component", isLarge: true), subtitle: Plain.html(texts.sentence),
                        actions: Button.link(words.label(.sample), here))),
                state(.long, isWide: true, PageHead.html(texts.long)),
                state(.hostile, isWide: true, PageHead.html(texts.hostile)),
            ])
    }

    private var tabs: GallerySample {
        func bar(_ titles: [String]) -> HTML {
            TabBar.html(
                words.title(.tabs),
                titles.enumerated().map { TabBar.Tab($0.element, url: here, isCurrent: $0.offset == 1) })
        }
        return GallerySample(
            "tabs", words.title(.tabs), code: "TabBar.html",
            [
                state(.normal, isWide: true, bar(["Overview", "Relations", "History"])),
                state(.many, isWide: true, bar((1...14).map { "Overview \($0)" })),
                state(.extreme, isWide: true, bar(texts.all.map(\.1))),
            ])
    }

    private var cards: GallerySample {
        GallerySample(
            "cards", words.title(.cards), code: "Card.html",
            [
                state(
                    .normal, isWide: true,
                    Card.html(
                        words.label(.name), count: 3, action: Plain.link(words.label(.sample), here),
                        content: Card.text(texts.sentence))),
                state(.part, isWide: true, Card.part(words.label(.name), Card.quiet(texts.sentence))),
                state(.extreme, isWide: true, Card.html(texts.long, content: Card.text(texts.hostile))),
            ])
    }

    private var columns: GallerySample {
        let text = Card.quiet(texts.sentence)
        return GallerySample(
            "columns", words.title(.columns), code: "Columns.wide, Columns.groups",
            [
                state(.two, isWide: true, Columns.wide(text, text)),
                state(.many, isWide: true, Columns.groups((1...4).map { Card.part("\($0)", text) })),
            ])
    }

    private var menus: GallerySample {
        GallerySample(
            "menus", words.title(.menus), code: "Popover.html",
            [
                state(
                    .closed,
                    Popover.html(id: "gallery-menu", label: words.label(.open)) { h in
                        h.add(Card.quiet(texts.sentence))
                        h.add(Button.link(words.label(.sample), here))
                    })
            ])
    }
}
