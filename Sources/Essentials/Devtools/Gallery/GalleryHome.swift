import PortalKit
import PortalUI

/// What the home page is made of.
extension Gallery {
    var homeSamples: [GallerySample] { [seeking, grids, announcements, pageLinks, orders, presses] }

    private var seeking: GallerySample {
        GallerySample(
            "seeking", words.title(.seeking), code: "SearchField.html",
            [state(.normal, isWide: true, SearchField.html(interface))])
    }

    private var grids: GallerySample {
        func cell(_ width: Int) -> WidgetGrid.Cell {
            .init(width: width, html: Card.part(words.columns(width), Card.quiet(texts.sentence)))
        }
        return GallerySample(
            "grids", words.title(.grids), code: "WidgetGrid.html",
            [
                state(.normal, isWide: true, WidgetGrid.html([cell(8), cell(4), cell(4), cell(12)])),
                state(.many, isWide: true, WidgetGrid.html((1...4).map { _ in cell(3) })),
            ])
    }

    private var announcements: GallerySample {
        GallerySample(
            "announcements", words.title(.announcements), code: "Announcements.html",
            [
                state(
                    .normal,
                    Announcements.html([
                        .init(texts.short, text: MarkdownText(texts.sentence).html(interface), url: here),
                        .init(texts.rightToLeft, text: .empty, url: nil),
                    ])),
                state(
                    .extreme,
                    Announcements.html([
                        .init(texts.long, text: MarkdownText(texts.hostile).html(interface), url: nil)
                    ])),
            ])
    }

    private var pageLinks: GallerySample {
        let items = texts.all.map { label, text in
            PageLinks.Item(text, here, sign: Icon.kind("component"), note: Plain.html(words.label(label)))
        }
        return GallerySample(
            "page-links", words.title(.pageLinks), code: "PageLinks.html",
            [state(.normal, PageLinks.html([.init(texts.short, here)])), state(.extreme, PageLinks.html(items))])
    }

    private var orders: GallerySample {
        let words = words
        let rows = ([(GalleryLabel.normal, texts.short)] + texts.all).enumerated().map { number, text in
            LayoutRows.Row("gallery-\(number)", title: text.1, width: 6, widths: 4...12)
        }
        let order = LayoutRows(
            rows,
            .init(
                width: { words.columns($0) }, widthOf: { words.widthOf($0) }, up: { words.up($0) },
                down: { words.down($0) }, remove: { words.remove($0) }))
        return GallerySample(
            "orders", words.title(.orders), code: "PartForm.html, LayoutRows(_:).html",
            [state(.normal, isWide: true, PartForm.html(to: here, part: "components", order.html))])
    }

    private var presses: GallerySample {
        let items = texts.all.enumerated().map { (value: "gallery-add:\($0.offset)", title: $0.element.1) }
        return GallerySample(
            "presses", words.title(.presses), code: "PressList.html",
            [
                state(
                    .normal, isWide: true,
                    PartForm.html(
                        to: here, part: "components",
                        PressList.html(items, name: "gallery-press", text: words.label(.sample)) { words.add($0) }))
            ])
    }
}
