import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// The page of an entity that is not there: what it may have been instead.
enum MissingEntity {
    private static let mostShown = 5
    private static let mostCompared = 400
    private static let shortestPart = 3

    static func page(_ reference: EntityReference, _ catalog: AuthorizedCatalog, _ paths: ShownPaths) -> PageContent {
        let refusal = RefusedEntity.find(reference, catalog)
        let near = near(reference, catalog)
        let content =
            near.isEmpty
            ? refusal != nil ? .empty : Card.quiet("It may have been removed, or its file was not read yet.")
            : Card.html(
                "Did you mean",
                content: EntityList.html(nil, near.map { .init($0.reference, entity: $0) }, total: near.count))
        return PageContent(
            "Not found", trail: [.init("Catalog", "/catalog")], status: .notFound,
            html: ErrorPanel.html(
                "Not found", code: 404, message: "There is no \(reference) in the catalog.",
                content: HTML { h in
                    if let refusal { h.add(refusal.html(paths)) }
                    h.add(content)
                },
                actions: Button.link(
                    "Search the catalog",
                    .path(["catalog"], query: [("filters[kind]", "all"), ("filters[text]", reference.name)]))))
    }

    /// The page of an entity that is there, but for the part that was asked for.
    static func tab(_ id: String, of entity: Entity) -> PageContent {
        let title = EntityName.title(of: entity)
        return PageContent(
            "Not found", trail: [.init("Catalog", "/catalog"), .init(title, EntityLink.url(entity.reference))],
            status: .notFound,
            html: ErrorPanel.html(
                "Not found", code: 404, message: "\(title) has no part named \(id).",
                content: Card.quiet("It may show once the entity has what the part is about."),
                actions: Button.link("Show its overview", EntityLink.url(entity.reference), isMain: true)))
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
        var entities: [(entity: Entity, distance: Int)] = []
        found.forEach { slot in
            if entities.count == mostCompared { return }
            let entity = Entity(catalog.index.object(of: slot))
            let otherKind = entity.kind.lowercased() == reference.kind.lowercased() ? 0 : 1
            entities.append((entity, distance(Array(name.utf8), Array(entity.name.lowercased().utf8)) + otherKind))
        }
        return entities.filter { $0.distance <= max(2, name.count / 2) }
            .sorted { ($0.distance, $0.entity.name) < ($1.distance, $1.entity.name) }
            .prefix(mostShown).map(\.entity)
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
