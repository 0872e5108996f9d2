public import EntityModel
public import PortalKit

/// What an entity is called, and how it stands in tables and lists.
public enum EntityName {
    /// What people know an entity by: its title, the name of a profile, or else its name.
    public static func title(of entity: Entity) -> String {
        if let title = entity.title ?? entity.spec["profile"]?["displayName"]?.string, !title.isEmpty { return title }
        // Configured locations have names that are made of a hash.
        if entity.kind == "Location", entity.name.hasPrefix("generated-"), let target = entity.spec["target"]?.string {
            return target.split(separator: "/").suffix(2).joined(separator: "/")
        }
        return EntityLink.shortName(entity.reference)
    }

    /// Something of a kind, with what it is called and a line below it, for the first column of a table.
    public static func html(kind: String, _ title: HTML, detail: String? = nil) -> HTML {
        HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind(kind))
                h(.div) {
                    h.add(title)
                    if let detail { h(.small, text: detail) }
                }
            }
        }
    }

    private static let longest = 120
    /// A character may be made of any number of scalars.
    private static let mostScalars = 8 * longest

    /// The beginning of a title, as much as a row or a link within one has room for.
    static func short(_ title: String) -> String {
        if title.utf8.count <= longest { return title }
        let beginning = String(String(title.unicodeScalars.prefix(mostScalars)).prefix(longest))
        return beginning.utf8.count == title.utf8.count ? title : "\(beginning)…"
    }

    /// An entity that the catalog does not have, for the first column of a table.
    public static func missing(_ reference: EntityReference, _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind(reference.kind))
                h(.div) { h.add(EntityLink.html(reference, exists: false, words)) }
            }
        }
    }

    /// Sign, link and description, for the first column of a table.
    /// - Parameter warning: what is wrong with the entity, in a few words.
    public static func html(_ entity: Entity, warning: String? = nil) -> HTML {
        HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind(entity.kind))
                h(.div) {
                    h(
                        .a, .href(EntityLink.url(entity.reference)), .data("peek", ""), text: short(title(of: entity)))
                    if let warning { h.add(Icon.sign(.warning, label: warning)) }
                    if let text = entity.metadata["description"]?.string { h(.small, text: MarkdownText.row(text)) }
                }
            }
        }
    }
}
