import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// The page of an entity that is not there: what it may have been instead.
enum MissingEntity {
    private static let mostShown = 5
    private static let mostCompared = 400
    private static let shortestPart = 3

    static func page(
        _ reference: EntityReference, _ catalog: AuthorizedCatalog, _ paths: ShownPaths, _ context: ViewContext
    ) -> PageContent {
        let words = context.words
        let refusal = RefusedEntity.find(reference, catalog)
        let near = near(reference, catalog)
        let content =
            near.isEmpty
            ? refusal != nil ? .empty : Card.quiet(words.mayHaveBeenRemoved)
            : Card.html(
                words.didYouMean,
                content: EntityList.html(
                    nil, near.map { .init($0.reference, entity: $0) }, total: near.count, context.interface))
        return PageContent(
            words.notFound, trail: [.init(words.catalog, "/catalog")], status: .notFound,
            html: ErrorPanel.html(
                words.notFound, code: 404, message: words.thereIsNo("\(reference)"),
                content: HTML { h in
                    if let refusal { h.add(refusal.html(paths, context)) }
                    h.add(content)
                },
                actions: Button.link(
                    words.searchCatalog,
                    .path(["catalog"], query: [("filters[kind]", "all"), ("filters[text]", reference.name)])),
                context.interface))
    }

    /// The page of an entity that is there, but for the part that was asked for.
    static func tab(_ id: String, of entity: Entity, _ context: ViewContext) -> PageContent {
        let words = context.words
        let title = EntityName.title(of: entity)
        return PageContent(
            words.notFound, trail: [.init(words.catalog, "/catalog"), .init(title, EntityLink.url(entity.reference))],
            status: .notFound,
            html: ErrorPanel.html(
                words.notFound, code: 404, message: words.noPart(title, id),
                content: Card.quiet(words.tabMayShow),
                actions: Button.link(words.showOverview, EntityLink.url(entity.reference), isMain: true),
                context.interface))
    }

    /// Entities whose names share a part with the one that was asked for, the most alike first.
    ///
    /// A slip of the fingers is in one half of a name, so the other half finds it; only those few are compared.
    private static func near(_ reference: EntityReference, _ catalog: AuthorizedCatalog) -> [Entity] {
        let name = reference.name.lowercased()
        let half = name.count / 2
        let parts = Set([name, String(name.prefix(half)), String(name.suffix(half))])
            .filter { $0.count >= shortestPart }
        let found = catalog.matches(
            .any(parts.sorted().map { .contains(keys: ["metadata.name"], text: $0) }))
        let (index, own) = (catalog.index, Array(name.utf8))
        let near = found.first(mostCompared).compactMap { slot -> (slot: UInt32, name: String, distance: Int)? in
            guard let other = index.reference(of: slot).flatMap({ try? EntityReference(parsing: $0) }) else {
                return nil
            }
            let name = other.name.lowercased()
            let otherKind = other.kind.lowercased() == reference.kind.lowercased() ? 0 : 1
            return (slot, name, distance(own, Array(name.utf8)) + otherKind)
        }
        return near.filter { $0.distance <= max(2, name.count / 2) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(mostShown).map { index.shown($0.slot) }
    }

    /// How many letters must be put in, taken out or changed to make one name the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[right.count]
    }
}
