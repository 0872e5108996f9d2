import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Every component of the interface in each of its states: an index, and a page for each group.
///
/// A component is one function that returns a `GallerySample`, named in the list of its group: `GalleryLists` and its
/// neighbours. One more of either is one line. What is a page by itself is a `GalleryPage` of its sample.
struct Gallery: Sendable {
    let context: ViewContext
    /// The group that is shown; nil for the index.
    var shown: String?

    var words: any GalleryWords { context.language.gallery }
    var interface: any InterfaceWords { context.language.interface }
    let texts = GalleryTexts()
    /// Where links and forms of samples lead: back to the page that they stand on.
    var here: SafeURL { Self.url(shown) }

    static func url(_ group: String? = nil, sample: String? = nil, page: String? = nil) -> SafeURL {
        let path = [DevtoolsPages.path, "gallery", group, page].compactMap { $0 }
        guard let group, let sample else { return .path(path) }
        return SafeURL("\(SafeURL.path(path).text)#\(group)-\(sample)") ?? .path(path)
    }

    var groups: [GalleryGroup] {
        [
            GalleryGroup("tokens", words.title(.tokens), tokenSamples),
            GalleryGroup("signs", words.title(.signs), signSamples),
            GalleryGroup("forms", words.title(.forms), formSamples),
            GalleryGroup("lists", words.title(.lists), listSamples),
            GalleryGroup("ways", words.title(.ways), waySamples),
            GalleryGroup("messages", words.title(.messages), messageSamples),
            GalleryGroup("charts", words.title(.charts), chartSamples),
            GalleryGroup("texts", words.title(.texts), textSamples),
            GalleryGroup("entities", words.title(.entities), entitySamples),
            GalleryGroup("home", words.title(.home), homeSamples),
        ]
    }

    /// All components by name, and by what makes them.
    var index: HTML {
        let groups = groups
        return HTML { h in
            h.add(Card.text(words.introduction))
            h.add(
                Card.html(
                    words.components, count: interface.number(groups.map(\.samples.count).reduce(0, +)),
                    content: Columns.groups(groups.map { Card.part($0.title, links($0)) })))
        }
    }

    private func links(_ group: GalleryGroup) -> HTML {
        PageLinks.html(
            group.samples.map {
                .init($0.title, Self.url(group.id, sample: $0.id), sign: .empty, note: Code.inline($0.code))
            })
    }

    /// One group, with the way to the others beside it.
    func html(_ group: GalleryGroup) -> HTML {
        let side = SideList.html(
            words.components,
            groups.map { other in
                .init(
                    other.title, other.samples.map { ($0.title, Self.url(other.id, sample: $0.id)) },
                    isOpen: other.id == group.id)
            })
        return Columns.side(side, section(group), id: "components")
    }

    private func section(_ group: GalleryGroup) -> HTML {
        Card.html(
            group.title, id: group.id, count: interface.number(group.samples.count),
            content: HTML { h in
                for sample in group.samples {
                    h.add(Specimen.part(sample.title, id: "\(group.id)-\(sample.id)", code: sample.code, sample.states))
                }
            })
    }

    /// The state of a component, beside its name.
    func state(_ label: GalleryLabel, isWide: Bool = false, _ html: HTML) -> HTML {
        Specimen.state(words.label(label), isWide: isWide, html)
    }
}

/// Components that belong together.
struct GalleryGroup: Sendable {
    let id: String
    let title: String
    let samples: [GallerySample]

    init(_ id: String, _ title: String, _ samples: [GallerySample]) {
        self.id = id
        self.title = title
        self.samples = samples
    }
}

/// One component in each of its states.
struct GallerySample: Sendable {
    /// Unique within its group.
    let id: String
    let title: String
    /// What makes it, in the source.
    let code: String
    let states: [HTML]
    /// Those that are pages by themselves.
    var pages: [GalleryPage] = []

    init(_ id: String, _ title: String, code: String, _ states: [HTML]) {
        self.id = id
        self.title = title
        self.code = code
        self.states = states
    }
}

/// What people really write: long, from right to left, with pictures, and with bad intent.
struct GalleryTexts: Sendable {
    let short = "checkout"
    let long =
        "Reconciliation-and-settlement-of-payments-across-all-regions-with-a-name-that-nobody-would-say-aloud-twice"
    let sentence =
        "Takes orders from the basket to the warehouse, and tells whoever waits when it has done so; it is the oldest "
        + "service of all, and the one that everybody calls."
    let rightToLeft = "خدمة المدفوعات والتسويات"
    let pictures = "Ship it 🚢 👩‍👩‍👧‍👦 🇩🇪 Ǎ̶"
    let hostile = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{7*7}}"

    /// Each with what it tries.
    var all: [(GalleryLabel, String)] {
        [(.long, long), (.rightToLeft, rightToLeft), (.pictures, pictures), (.hostile, hostile)]
    }
}
