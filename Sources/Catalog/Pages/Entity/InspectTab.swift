import EntityModel
import PortalKit
import PortalUI

/// Everything the catalog holds of an entity, as the API serves it but for the folders of the host.
enum InspectTab {
    /// - Parameters:
    ///   - entity: as pages show it.
    ///   - stored: as the API serves it.
    static func html(_ entity: Entity, stored: Entity, _ context: ViewContext) -> HTML {
        let words = context.words
        let annotations = entity.metadata["annotations"]?.object?.members ?? []
        let identity = ["uid", "etag"].map { key in
            (name: key, value: Code.copied(entity.metadata[key]?.string ?? ""))
        }
        return HTML { h in
            h.add(Card.html(words.identity, content: Pairs.html(identity, isCode: true)))
            if !annotations.isEmpty {
                let pairs = annotations.map { (name: $0.key, value: $0.value.string ?? "") }
                h.add(Card.html(words.annotations, content: Pairs.text(pairs, isCode: true)))
            }
            let text = JSONWriter.text(.object(entity.object), indent: 2)
            h.add(
                Card.html(
                    "JSON",
                    content: HTML { h in
                        if entity.object != stored.object { h.add(whole(entity.reference, words)) }
                        h.add(Code.block(text, label: words.entityAsJSON))
                    }))
        }
    }

    /// Programs compare paths, and get them whole.
    private static func whole(_ reference: EntityReference, _ words: any CatalogWords) -> HTML {
        let url = SafeURL.path([
            "api", "catalog", "entities", "by-name", reference.kind.lowercased(), reference.namespace, reference.name,
        ])
        return HTML { h in
            h(.p, .class("quiet")) {
                h.text(words.foldersLeftOut)
                h(.a, .href(url), text: words.apiHasThem)
                h.text(".")
            }
        }
    }
}
