import EntityModel
import PortalKit
import PortalUI

/// What was read through a configured or registered location, as far as somebody may see it.
struct LocationContents: Sendable {
    static let mostEntities = 50

    /// Its own entity; nil before it was read for the first time.
    let page: EntityReference?
    /// Some of them, those with errors before others.
    let entities: [Entity]
    /// How many come before those.
    let start: Int
    /// Nil where the address is too long to be asked for.
    let total: Int?
    /// The location itself, or something that was read through it, has errors.
    let hasErrors: Bool

    /// - Parameters:
    ///   - start: where the entities begin; the first where there are not so many.
    ///   - most: of the entities; the others are counted.
    init(
        of location: LocationReference, through catalog: AuthorizedCatalog, from start: Int = 0,
        most: Int = mostEntities
    ) {
        let generated = GeneratedLocation.reference(of: location)
        let own = catalog.slot(reference: generated)
        page = own.flatMap { _ in try? EntityReference(parsing: generated) }
        let key = "metadata.annotations.backstage.io/managed-by-origin-location"
        var found = catalog.matches(.oneOf(key: key, values: [location.description]))
        let broken = catalog.index.matches(.exists(key: SearchRows.errorKey))
        let isBroken = own.map { broken.contains($0) } ?? false
        if let own { found.remove(own) }
        let first = found.intersection(broken)
        hasErrors = isBroken || first.count > 0
        total = location.description.utf8.count > SearchRows.longest ? nil : found.count
        let start = start < found.count ? max(0, start) : 0
        self.start = start
        var entities: [Entity] = []
        var passed = 0
        func add(_ slot: UInt32) {
            passed += 1
            if passed > start, entities.count < most { entities.append(catalog.index.shown(slot)) }
        }
        first.forEach(add)
        found.forEach { if !first.contains($0) { add($0) } }
        self.entities = entities
    }

    private static let part = "contents"
    private static let parameter = "from"

    /// Where on the page of a location somebody looks at what was read through it.
    static func start(_ query: QueryParameters) -> Int { query[parameter].flatMap { Int($0) } ?? 0 }

    /// The first entities under a title, with the way to all of them; nothing where there are none.
    func card(_ title: String, _ context: ViewContext) -> HTML {
        if entities.isEmpty { return .empty }
        let items = items(context)
        return Card.html(
            title, id: Self.part, count: total.map(context.interface.number),
            content: EntityList.html(
                nil, items, total: total ?? items.count, all: page.flatMap { Self.url($0, from: 0) },
                context.interface))
    }

    /// The entities under a title, all of them page by page; nothing where there are none.
    func pages(_ title: String, _ context: ViewContext) -> HTML {
        guard let page, let total, total > entities.count else { return card(title, context) }
        let (items, words) = (items(context), context.interface)
        let end = start + items.count
        return Card.html(
            title, id: Self.part, count: words.number(total),
            content: HTML { h in
                h.add(EntityList.html(nil, items, total: items.count, isOpen: start > 0, words))
                h.add(
                    Pager.html(
                        context.words.position(
                            "\(words.number(start + 1))–\(words.number(end))", of: words.number(total)),
                        previous: start > 0 ? Self.url(page, from: max(0, start - Self.mostEntities)) : nil,
                        next: end < total ? Self.url(page, from: end) : nil, label: title, words))
            })
    }

    private static func url(_ page: EntityReference, from start: Int) -> SafeURL? {
        SafeURL("\(EntityLink.url(page).text)\(start > 0 ? "?\(parameter)=\(start)" : "")#\(part)")
    }

    private func items(_ context: ViewContext) -> [EntityList.Item] {
        entities.map {
            EntityList.Item($0.reference, entity: $0, warning: CatalogRow.warning(of: $0, context.words))
        }
    }
}
