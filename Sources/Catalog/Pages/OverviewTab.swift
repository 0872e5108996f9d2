import EntityModel
import Foundation
import PortalKit
import PortalUI

/// The first tab: what the entity says of itself, what it is connected with, and the cards of plugins.
struct OverviewTab: Sendable {
    let entity: Entity
    let relations: [(type: String, targets: [EntityPage.Related])]
    let cards: [(card: EntityCard, content: HTML)]

    var html: HTML {
        HTML { h in
            section(h, .summary)
            h(.div, .class("cols")) {
                h(.div) {
                    h.add(about)
                    h.add(related)
                    section(h, .content)
                }
                h(.div) {
                    h.add(links)
                    h.add(labels)
                    section(h, .info)
                }
            }
        }
    }

    private func section(_ h: HTMLWriter, _ place: EntityCard.Place) {
        for (card, content) in cards where card.place == place {
            h.add(Card.html(card.title, id: card.id, content: content))
        }
    }

    private var editLink: HTML {
        guard let url = entity.annotation("backstage.io/edit-url").flatMap({ SafeURL($0) }) else { return .empty }
        return HTML { h in h(.a, .href(url), text: "Edit") }
    }

    private var about: HTML {
        let tags = (entity.metadata["tags"]?.array ?? []).compactMap(\.string)
        return Card.html(
            "About", action: editLink,
            content: HTML { h in
                if let text = entity.metadata["description"]?.string {
                    h(.p, text: text)
                } else {
                    h(.p, .class("quiet"), text: "No description. Add metadata.description to its file.")
                }
                if let profile = entity.spec["profile"] { self.profile(h, profile) }
                if !tags.isEmpty { h.add(TagList.html(tags)) }
            })
    }

    private func profile(_ h: HTMLWriter, _ profile: JSONValue) {
        h(.dl, .class("pairs")) {
            if let name = profile["displayName"]?.string {
                h(.dt, text: "name")
                h(.dd, text: name)
            }
            if let mail = profile["email"]?.string {
                h(.dt, text: "mail")
                h(.dd) {
                    if let url = SafeURL("mailto:\(mail)") { h(.a, .href(url), text: mail) } else { h.text(mail) }
                }
            }
        }
    }

    private static let mostShown = 12

    private var related: HTML {
        let groups = relations.filter { $0.type != "ownedBy" }
        return Card.html(
            "Relations",
            content: HTML { h in
                if groups.isEmpty { h(.p, .class("quiet"), text: "It is connected with nothing yet.") }
                for (type, targets) in groups {
                    h(.h3, text: "\(EntityPage.title(of: type)) (\(targets.count))")
                    for target in targets.prefix(Self.mostShown) {
                        h(.div, .class("row")) {
                            h.add(Icon.kind(target.kind))
                            h.add(EntityLink.html(target.reference, title: target.title, exists: target.exists))
                            h(.span, .class("quiet"), text: target.kind.lowercased())
                        }
                    }
                    if targets.count > Self.mostShown {
                        h(.p, .class("quiet"), text: "and \(targets.count - Self.mostShown) more")
                    }
                }
            })
    }

    private var links: HTML {
        let links = entity.metadata["links"]?.array ?? []
        return Card.html(
            "Links",
            content: HTML { h in
                if links.isEmpty { h(.p, .class("quiet"), text: "No links. Add metadata.links to its file.") }
                for link in links {
                    guard let text = link["url"]?.string else { continue }
                    h(.div, .class("row")) {
                        if let url = SafeURL(text) {
                            h(.a, .href(url), .rel("noopener"), text: link["title"]?.string ?? text)
                        } else {
                            h(
                                .span, .class("missing"), .title("This address is not safe to follow"),
                                text: link["title"]?.string ?? text)
                        }
                        if let type = link["type"]?.string { h(.span, .class("tag"), text: type) }
                    }
                }
            })
    }

    private var labels: HTML {
        let labels = entity.metadata["labels"]?.object?.members ?? []
        if labels.isEmpty { return .empty }
        return Card.html(
            "Labels",
            content: HTML { h in
                h(.dl, .class("pairs")) {
                    for (key, value) in labels {
                        h(.dt, text: key)
                        h(.dd, text: value.string ?? "")
                    }
                }
            })
    }
}
