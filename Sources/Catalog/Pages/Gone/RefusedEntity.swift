import EntityModel
import PortalKit
import PortalUI

/// Why an entity that a file declares is not in the catalog, as a location that leads to the file says it.
struct RefusedEntity: Sendable {
    let reference: EntityReference
    /// The Location entity that says it.
    let location: Entity
    let message: String

    private static let mostRead = 400

    /// What is wrong with a document of no entity stands on its location only, in words that name the entity.
    static func find(_ reference: EntityReference, _ catalog: AuthorizedCatalog) -> RefusedEntity? {
        let name = reference.description
        let signs = ["of \(name) failed: ", "failed for \(name): ", "entity \(name) as valid", "Entity \(name) at "]
        let locations = catalog.matches(
            .all([.exists(key: SearchRows.errorKey), .oneOf(key: "kind", values: ["location"])]))
        var found: RefusedEntity?
        var read = 0
        locations.forEach { slot in
            if found != nil || read == mostRead { return }
            read += 1
            let location = catalog.index.shown(slot)
            let messages = (location.object["status"]?["items"]?.array ?? []).compactMap { $0["message"]?.string }
            let message = messages.first { message in signs.contains { message.contains($0) } }
            found = message.map { RefusedEntity(reference: reference, location: location, message: $0) }
        }
        return found
    }

    func html(_ paths: ShownPaths, _ context: ViewContext) -> HTML {
        let words = context.words
        return Note.html(
            .bad, words.refused,
            HTML { h in
                h(.p, text: paths.shown(message))
                h(.p) {
                    h.text(words.mendTheFile)
                    h.add(EntityLink.html(location.reference, title: words.itsLocation, context.interface))
                    h.text(words.saysWhatElse)
                }
            })
    }
}
