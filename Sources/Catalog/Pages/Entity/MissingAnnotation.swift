import EntityModel
import PortalKit
import PortalUI

/// What stands on a tab for which the entity lacks an annotation: what to add, ready to copy.
enum MissingAnnotation {
    /// - Returns: nil where it is not only annotations that are missing.
    static func html(_ tab: EntityTab, _ entity: Entity, _ context: ViewContext) -> HTML? {
        let names = tab.condition.missingAnnotations(of: entity)
        guard !names.isEmpty else { return nil }
        let words = context.words
        let addition = JSONObject(names.map { ($0, .string(words.valueToFillIn)) })
        return HTML { h in
            h.add(Note.text(.info, words.tabNeeds(tab.title, names.count), words.addToFile))
            h.add(
                YAMLAddition.html(
                    entity: written(entity), adding: ["metadata": ["annotations": .object(addition)]],
                    label: words.whatToAdd, context.interface))
        }
    }

    /// The entity as its author would write it: without what the portal itself puts in.
    static func written(_ entity: Entity) -> JSONValue {
        var object = entity.object
        object["relations"] = nil
        object["status"] = nil
        if var metadata = object["metadata"]?.object {
            metadata["uid"] = nil
            metadata["etag"] = nil
            if var annotations = metadata["annotations"]?.object {
                for key in annotations.keys where own.contains(where: key.hasPrefix) { annotations[key] = nil }
                metadata["annotations"] = annotations.isEmpty ? nil : .object(annotations)
            }
            if metadata["namespace"]?.string == EntityReference.defaultNamespace { metadata["namespace"] = nil }
            object["metadata"] = .object(metadata)
        }
        return .object(object)
    }

    private static let own = [
        "backstage.io/managed-by-", "backstage.io/orphan", "backstage.io/view-url", "backstage.io/edit-url",
        "backstage.io/source-location",
    ]
}

extension EntityCondition {
    /// The annotations without which this does not hold; empty where it holds, or where something else is missing too.
    fileprivate func missingAnnotations(of entity: Entity) -> [String] {
        switch self {
        case .annotated(let key): matches(entity) ? [] : [key]
        case .all(let parts):
            parts.contains { !$0.matches(entity) && $0.missingAnnotations(of: entity).isEmpty }
                ? [] : parts.flatMap { $0.missingAnnotations(of: entity) }
        case .any(let parts):
            matches(entity) ? [] : parts.lazy.map { $0.missingAnnotations(of: entity) }.first { !$0.isEmpty } ?? []
        case .always, .kinds, .types, .not: []
        }
    }
}
