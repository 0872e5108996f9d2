import PortalKit
import PortalUI

/// A component that has the heading of a page, on a page of its own: no page has two.
struct GalleryPage: Sendable {
    /// Unique within its group.
    let id: String
    let title: String
    let html: HTML

    init(_ id: String, _ title: String, _ html: HTML) {
        self.id = id
        self.title = title
        self.html = html
    }
}

extension GallerySample {
    /// A component whose states are pages; what stands in the gallery is the ways to them.
    init(_ id: String, _ title: String, code: String, pages: [GalleryPage], in group: String, _ gallery: Gallery) {
        let links = PageLinks.html(pages.map { .init($0.title, Gallery.url(group, page: $0.id)) })
        self.init(
            id, title, code: code,
            [
                Specimen.state(
                    "", isWide: true,
                    HTML { h in
                        h.add(Card.quiet(gallery.words.standAlone))
                        h.add(links)
                    })
            ])
        self.pages = pages
    }
}

extension Gallery {
    /// A state that is a page.
    func page(_ id: String, _ title: GalleryTitle, _ label: GalleryLabel, _ html: HTML) -> GalleryPage {
        GalleryPage(id, "\(words.title(title)): \(words.label(label))", html)
    }
}
