import EntityModel
import PortalKit
import PortalUI

/// What is said of an entity beside a link to it: enough to know whether to go there.
struct PeekCard {
    /// The last part of the address, and what the module `peek` takes out of the page.
    static let part = "peek"
    private static let mostLinks = 4

    let entity: Entity
    let relations: EntityRelations
    let context: ViewContext

    var content: PageContent {
        let title = EntityName.title(of: entity)
        return PageContent(
            title, trail: [.init(context.words.catalog, "/catalog")],
            html: HTML { h in
                h.add(PageHead.html(title))
                h.add(
                    Peek.html(
                        id: Self.part, sign: Icon.kind(entity.kind), title: title, facts: facts, text: text, links))
            })
    }

    private var text: HTML {
        guard let text = entity.metadata["description"]?.string else { return .empty }
        return HTML { $0.text(MarkdownText.row(text)) }
    }

    private var facts: [(title: String, value: HTML)] {
        let words = context.words
        func text(_ text: String?) -> HTML { text.map { text in HTML { $0.text(text) } } ?? .empty }
        let facts: [(title: String, value: HTML)] = [
            (words.owner, relations.links("ownedBy", context)),
            (words.system, relations.links("partOf", kind: "system", context)),
            (words.type, text(entity.spec["type"]?.string ?? entity.kind)),
            (words.lifecycle, entity.spec["lifecycle"]?.string.map { Lifecycle.html($0) } ?? .empty),
            (words.members, text(relations["hasMember"].map { String($0.total) })),
        ]
        return facts.filter { !$0.value.isEmpty }
    }

    private var links: HTML {
        let links = (entity.metadata["links"]?.array ?? []).prefix(Self.mostLinks).compactMap { link in
            link["url"]?.string.map { LinkList.Link(link["title"]?.string ?? $0, url: SafeURL($0)) }
        }
        return links.isEmpty ? .empty : LinkList.html(links, context.interface)
    }
}
