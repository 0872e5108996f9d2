import PortalKit
import PortalUI

/// How pages begin, hang together and stand beside one another.
extension Gallery {
    var waySamples: [GallerySample] { [heads, tabs, toolbars, cards, columns, menus, trees] }

    private var heads: GallerySample {
        GallerySample(
            "heads", words.title(.heads), code: "PageHead.html",
            pages: [
                page(
                    "head", .heads, .normal,
                    PageHead.html(
                        texts.short, sign: Icon.kind("component", isLarge: true), subtitle: Plain.html(texts.sentence),
                        actions: Button.link(words.label(.sample), here))),
                page("head-long", .heads, .long, PageHead.html("\(texts.long) \(texts.sentence)")),
                page("head-right-to-left", .heads, .rightToLeft, PageHead.html(texts.rightToLeft)),
                page(
                    "head-hostile", .heads, .hostile,
                    PageHead.html(texts.hostile, subtitle: Plain.html(texts.hostile), actions: manyActions)),
            ], in: "ways", self)
    }

    private var manyActions: HTML {
        HTML { h in
            h.add(Button.link(texts.short, here, isMain: true))
            h.add(Button.link(texts.rightToLeft, here))
            h.add(Menu.html(id: "gallery-more", label: words.label(.more), isSign: true, menuItems))
        }
    }

    private var tabs: GallerySample {
        func bar(_ label: GalleryLabel, _ titles: [String]) -> HTML {
            TabBar.html(
                "\(words.title(.tabs)): \(words.label(label))",
                titles.enumerated().map { TabBar.Tab($0.element, url: here, isCurrent: $0.offset == 1) },
                interface)
        }
        return GallerySample(
            "tabs", words.title(.tabs), code: "TabBar.html",
            [
                state(.normal, isWide: true, bar(.normal, ["Overview", "Relations", "History"])),
                state(.many, isWide: true, bar(.many, (1...14).map { "Overview \($0)" })),
                state(.extreme, isWide: true, bar(.extreme, texts.all.map(\.1))),
            ])
    }

    private var cards: GallerySample {
        GallerySample(
            "cards", words.title(.cards), code: "Card.html",
            [
                state(
                    .normal, isWide: true,
                    Card.html(
                        words.label(.name), count: interface.number(3), action: Plain.link(words.label(.sample), here),
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
            "menus", words.title(.menus), code: "Popover.html, Popover.opener, Menu.html",
            [
                state(
                    .text,
                    Popover.html(id: "gallery-popover", label: words.label(.open)) { h in
                        h.add(Card.quiet(texts.sentence))
                        h.add(Button.link(words.label(.sample), here))
                    }),
                state(.one, Popover.opener(of: "gallery-popover", words.label(.open))),
                state(.many, Menu.html(id: "gallery-menu", label: words.label(.open), menuItems)),
                state(
                    .sign, Menu.html(id: "gallery-dots", label: words.label(.open), isSign: true, menuItems)),
            ])
    }

    private var menuItems: [Menu.Item] {
        [
            .link(words.label(.sample), here), .form(words.label(.form), here), .link(texts.rightToLeft, here),
            .link(texts.hostile, here),
        ]
    }

    private var toolbars: GallerySample {
        let ways = [words.label(.one), words.label(.two), words.label(.many)].enumerated().map {
            TabBar.Tab($0.element, url: here, isCurrent: $0.offset == 0)
        }
        return GallerySample(
            "toolbars", words.title(.toolbars), code: "Toolbar.html, ViewSwitch.html",
            [
                state(.normal, Specimen.row([ViewSwitch.html(words.title(.toolbars), ways)])),
                state(
                    .filled, isWide: true,
                    Toolbar.html(
                        start: HTML { h in
                            h.add(Toolbar.view(texts.short, here, isCurrent: true))
                            h.add(Toolbar.view(texts.rightToLeft, here, isCurrent: false))
                        }, end: ViewSwitch.html(words.label(.choice), ways))),
            ])
    }

    private var trees: GallerySample {
        let leaf = Tree.Item(texts.long, kind: "user", url: here)
        let branch = Tree.Item(
            texts.short, kind: "group", url: here, isCurrent: true, hidden: 7,
            children: [leaf, Tree.Item(texts.hostile, kind: "user", url: nil)])
        return GallerySample(
            "trees", words.title(.trees), code: "Tree.html",
            [
                state(
                    .normal,
                    Tree.html(Tree.Item(texts.rightToLeft, kind: "group", url: here, children: [branch]), interface))
            ])
    }
}
