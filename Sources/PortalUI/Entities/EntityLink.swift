public import EntityModel
public import PortalKit

/// A link to the page of an entity.
public enum EntityLink {
    /// The page of an entity, or a tab of it.
    public static func url(_ reference: EntityReference, tab: String? = nil) -> SafeURL {
        .path(
            ["catalog", reference.namespace.lowercased(), reference.kind.lowercased(), reference.name]
                + [tab].compactMap { $0 })
    }

    /// - Parameters:
    ///   - title: what the entity calls itself; its name where it says nothing.
    ///   - exists: an entity that the catalog does not have is shown as missing.
    public static func html(
        _ reference: EntityReference, title: String? = nil, exists: Bool = true, _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            let text = title.map(EntityName.short) ?? shortName(reference)
            if exists {
                h(.a, .href(url(reference)), .title(reference.description), text: text)
            } else {
                h(.span, .class("missing"), .title(words.isNotInCatalog(reference.description)), text: text)
            }
        }
    }

    /// The name, with the namespace where it is not the default one.
    public static func shortName(_ reference: EntityReference) -> String {
        reference.namespace.lowercased() == EntityReference.defaultNamespace
            ? reference.name : "\(reference.namespace)/\(reference.name)"
    }
}
