import EntityModel
import PortalUI

/// What to use instead of an entity that is deprecated, as its file says.
struct Successor: Sendable {
    let reference: EntityReference
    /// Nil where the catalog does not have it.
    let title: String?

    static let annotation = "callboard/successor"

    /// - Returns: nil where the file names none.
    init?(of entity: Entity, _ catalog: AuthorizedCatalog) {
        guard let text = entity.annotation(Self.annotation),
            let reference = try? EntityReference(
                parsing: text, defaultKind: entity.kind, defaultNamespace: entity.namespace)
        else { return nil }
        self.reference = reference
        title = catalog.slot(reference: reference.description).map(catalog.title)
    }
}
