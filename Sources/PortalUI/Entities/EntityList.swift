public import EntityModel
public import PortalKit

/// Entities below one another, each with what it is; the long rest is folded.
public enum EntityList {
    /// One entity, as far as the catalog knows it.
    public struct Item: Sendable {
        let reference: EntityReference
        let entity: Entity?
        let warning: String?
        let note: String?
        let action: HTML

        /// - Parameters:
        ///   - entity: nil where the catalog has none.
        ///   - warning: what is wrong with it, in a few words.
        ///   - note: stands at the end instead of its type.
        ///   - action: a button at the end.
        public init(
            _ reference: EntityReference, entity: Entity?, warning: String? = nil, note: String? = nil,
            action: HTML = .empty
        ) {
            self.reference = reference
            self.entity = entity
            self.warning = warning
            self.note = note
            self.action = action
        }
    }

    private static let mostOpen = 8

    /// - Parameters:
    ///   - title: nil where a heading stands above already.
    ///   - total: how many there are, with those that are not among the items.
    ///   - all: where all of them are listed.
    ///   - isOpen: whether none is folded.
    public static func html(
        _ title: String?, _ items: [Item], total: Int, all: SafeURL? = nil, isOpen: Bool = false,
        _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.div, .class("group")) {
                if let title {
                    h(.h3) {
                        h.text(title)
                        h(.small, text: " \(words.number(total))")
                    }
                }
                // One more than fits is shown at once: a fold for one would be no shorter.
                let open = isOpen || items.count <= mostOpen + 1 ? items.count : mostOpen
                list(h, items.prefix(open), words)
                if items.count > open {
                    h(.details, .class("fold")) {
                        h(.summary, text: words.more(items.count - open))
                        list(h, items.dropFirst(open), words)
                    }
                }
                if total > items.count {
                    h(.p, .class("quiet")) {
                        if let all {
                            h(.a, .href(all), text: words.all(total))
                        } else {
                            h.text(words.andMore(total - items.count))
                        }
                    }
                }
            }
        }
    }

    private static func list(_ h: HTMLWriter, _ items: ArraySlice<Item>, _ words: any InterfaceWords) {
        h(.ul, .class("rows")) {
            for item in items {
                h(.li, .data("row", "")) {
                    h.add(Icon.kind(item.entity?.kind ?? item.reference.kind))
                    h(.div) {
                        let title = item.entity.map(EntityName.title)
                        h.add(EntityLink.html(item.reference, title: title, exists: item.entity != nil, words))
                        if let text = item.entity?.metadata["description"]?.string {
                            h(.small, text: MarkdownText.row(text))
                        }
                    }
                    // Beside a note that says it already, the sign is for the eye.
                    if let warning = item.warning {
                        h.add(Icon.sign(.warning, label: warning == item.note ? nil : warning))
                    }
                    h(.span, .class("quiet"), text: item.note ?? word(item, words))
                    h.add(item.action)
                }
            }
        }
    }

    /// `service`, or the kind where the entity has no type.
    private static func word(_ item: Item, _ words: any InterfaceWords) -> String {
        guard let entity = item.entity else { return words.missing }
        return entity.spec["type"]?.string ?? entity.kind.lowercased()
    }
}

/// Links that people wrote down for an entity.
public enum LinkList {
    /// One link.
    public struct Link: Sendable {
        let title: String
        let url: SafeURL?
        let type: String?

        /// - Parameter url: nil for an address that is not safe to follow.
        public init(_ title: String, url: SafeURL?, type: String? = nil) {
            self.title = title
            self.url = url
            self.type = type
        }
    }

    public static func html(_ links: [Link], _ words: any InterfaceWords) -> HTML {
        Fold.rest(of: links, mostOpen: mostOpen, words) { part in HTML { h in list(h, part, words) } }
    }

    /// Of hundreds, the rest is folded.
    private static let mostOpen = 12

    private static func list(_ h: HTMLWriter, _ links: ArraySlice<Link>, _ words: any InterfaceWords) {
        h(.ul, .class("rows")) {
            for link in links {
                h(.li) {
                    h.add(Icon.sign(.link))
                    h(.div) {
                        if let url = link.url {
                            h(.a, .href(url), .rel("noopener"), text: link.title)
                        } else {
                            h(.span, .class("missing"), .title(words.isUnsafeAddress), text: link.title)
                        }
                    }
                    if let type = link.type { h(.span, .class("quiet"), text: type) }
                }
            }
        }
    }
}
