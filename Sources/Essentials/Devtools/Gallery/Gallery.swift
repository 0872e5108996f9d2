import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Every component of the interface in each of its states, group by group.
///
/// A component is one function that returns a `GallerySample`, named in the list of its group: `GalleryTables` and its
/// neighbours. One more of either is one line.
struct Gallery: Sendable {
    let context: ViewContext

    var words: any GalleryWords { context.language.gallery }
    var interface: any InterfaceWords { context.language.interface }
    let texts = GalleryTexts()
    /// Where links and forms of samples lead: to the gallery itself.
    let here: SafeURL = "/devtools/gallery"

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
        ]
    }

    var html: HTML {
        let groups = groups
        let side = SideList.html(
            words.components,
            groups.map { group in
                .init(group.title, group.samples.map { ($0.title, SafeURL("#\(group.id)-\($0.id)") ?? "#") })
            })
        let main = HTML { h in
            h.add(Card.text(words.introduction))
            for group in groups { h.add(section(group)) }
        }
        return Columns.side(side, main, id: "components")
    }

    private func section(_ group: GalleryGroup) -> HTML {
        Card.html(
            group.title, id: group.id, count: group.samples.count,
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
