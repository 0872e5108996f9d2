import EntityModel
import PortalUI

extension AuthorizedCatalog {
    /// What people call the entity of a slot that they may see.
    func title(of slot: UInt32) -> String {
        version.keptTitles.text(of: slot) { EntityName.title(of: Entity(index.outline(of: slot))) }
    }
}
