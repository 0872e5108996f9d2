import EntityModel
import PortalKit
import PortalUI

/// What shows entities.
extension Gallery {
    var entitySamples: [GallerySample] { [links, names, entityLists] }

    private func reference(_ name: String) -> EntityReference { EntityReference(kind: "component", name: name) }

    private func entity(_ name: String, title: String, description: String? = nil) -> Entity {
        var metadata: JSONObject = ["name": .string(name), "title": .string(title)]
        metadata["description"] = description.map { .string($0) }
        return Entity(["kind": "Component", "metadata": .object(metadata), "spec": ["type": "service"]])
    }

    private var links: GallerySample {
        GallerySample(
            "links", words.title(.links), code: "EntityLink.html",
            [
                state(.normal, EntityLink.html(reference("checkout"), interface)),
                state(.missing, EntityLink.html(reference("checkout"), exists: false, interface)),
            ] + texts.all.map { state($0.0, EntityLink.html(reference("checkout"), title: $0.1, interface)) })
    }

    private var names: GallerySample {
        GallerySample(
            "names", words.title(.names), code: "EntityName.html",
            [
                state(.normal, EntityName.html(entity("a", title: texts.short, description: texts.sentence))),
                state(.wrong, EntityName.html(entity("b", title: texts.short), warning: words.problem)),
                state(.extreme, EntityName.html(entity("c", title: texts.long, description: texts.hostile))),
            ])
    }

    private var entityLists: GallerySample {
        func items(_ count: Int) -> [EntityList.Item] {
            (1...count).map { number in
                .init(
                    reference("service-\(number)"),
                    entity: number == 2 ? nil : entity("s", title: "Service \(number)", description: texts.sentence))
            }
        }
        return GallerySample(
            "lists", words.title(.entityLists), code: "EntityList.html",
            [
                state(.normal, EntityList.html(words.label(.name), items(3), total: 3, interface)),
                state(.many, EntityList.html(words.label(.name), items(12), total: 40, all: here, interface)),
            ])
    }
}
