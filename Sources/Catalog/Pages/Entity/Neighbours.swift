import EntityModel
import PortalKit
import PortalUI

/// What the same file declares beside an entity, some at a time.
struct Neighbours: Sendable {
    private static let most = 30
    private static let part = "same-file"
    private static let parameter = "from"

    let entities: [Entity]
    /// How many come before those.
    let start: Int
    let total: Int

    /// - Parameters:
    ///   - location: of the file.
    ///   - shown: an entity as pages show it.
    init(
        of slot: UInt32, in location: String?, _ catalog: AuthorizedCatalog, _ query: QueryParameters,
        shown: (UInt32) -> Entity
    ) {
        var found = Bitmap()
        if let location {
            found = catalog.matches(
                .oneOf(key: "metadata.annotations.backstage.io/managed-by-location", values: [location]))
            found.remove(slot)
        }
        total = found.count
        let wanted = query[Self.parameter].flatMap { Int($0) } ?? 0
        start = wanted < total ? max(0, wanted) : 0
        entities = found.first(start + Self.most).dropFirst(start).map(shown)
    }

    func card(beside reference: EntityReference, _ context: ViewContext) -> HTML {
        let (words, interface) = (context.words, context.interface)
        if entities.isEmpty { return Card.html(words.sameFile, content: Card.quiet(words.noNeighbours)) }
        let items = entities.map { EntityList.Item($0.reference, entity: $0) }
        let end = start + items.count
        return Card.html(
            words.sameFile, id: Self.part, count: interface.number(total),
            content: HTML { h in
                h.add(EntityList.html(nil, items, total: items.count, isOpen: start > 0, interface))
                if items.count == total { return }
                h.add(
                    Pager.html(
                        words.position(
                            "\(interface.number(start + 1))–\(interface.number(end))", of: interface.number(total)),
                        previous: start > 0 ? Self.url(reference, from: max(0, start - Self.most)) : nil,
                        next: end < total ? Self.url(reference, from: end) : nil, label: words.sameFile, interface))
            })
    }

    private static func url(_ reference: EntityReference, from start: Int) -> SafeURL? {
        let from = start > 0 ? "?\(parameter)=\(start)" : ""
        return SafeURL("\(EntityLink.url(reference, tab: "inspect").text)\(from)#\(part)")
    }
}
