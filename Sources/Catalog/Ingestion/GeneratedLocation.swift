import Crypto
import EntityModel
import Foundation
import PortalKit

/// The Location entity that stands for a configured or registered location, named as upstream names it.
enum GeneratedLocation {
    static let namePrefix = "generated-"

    static func name(of location: LocationReference) -> String {
        let digest = Insecure.SHA1.hash(data: Data(location.description.utf8))
        return namePrefix + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func reference(of location: LocationReference) -> String { "location:default/\(name(of: location))" }

    /// Whether an entity is one of these, which no file declares.
    static func isOne(_ entity: Entity) -> Bool { entity.kind == "Location" && entity.name.hasPrefix(namePrefix) }

    static func entity(of location: LocationReference) -> Entity {
        Entity([
            "apiVersion": "backstage.io/v1alpha1", "kind": "Location",
            "metadata": [
                "name": .string(name(of: location)), "namespace": "default",
                "annotations": [
                    "backstage.io/managed-by-location": .string(location.description),
                    "backstage.io/managed-by-origin-location": .string(location.description),
                ],
            ],
            "spec": ["type": .string(location.type), "target": .string(location.target)],
        ])
    }
}
