import EntityModel
import Foundation
import PortalKit
import PortalUI

/// The first tab: what the entity says of itself, what it is connected with, and the cards of plugins.
struct OverviewTab: Sendable {
    let entity: Entity
    let relations: EntityRelations
    let cards: [(card: EntityCard, content: HTML)]
    /// The configured or registered location that the entity was found through.
    var root: EntityReference?
    /// Of a configured or registered location.
    var contents: LocationContents?
    /// Of a group or a user.
    var people: HTML = .empty
    var graph: HTML = .empty
    let context: ViewContext

    static let mostTags = 30
    static let mostLabels = 12

    private var words: any CatalogWords { context.words }

    var html: HTML {
        HTML { h in
            h.add(section(.summary))
            h.add(
                Columns.wide(
                    HTML { h in
                        h.add(about)
                        h.add(people)
                        if people.isEmpty { h.add(graph) }
                        if let contents { h.add(contents.pages(words.readThroughIt, context)) }
                        // What leads to files is connected with nothing.
                        if !relations.groups.isEmpty || entity.kind != "Location" {
                            h.add(relations.card(of: entity, context))
                        }
                        if !people.isEmpty { h.add(graph) }
                        h.add(section(.content))
                    },
                    HTML { h in
                        h.add(links)
                        h.add(section(.info))
                        h.add(labels)
                        h.add(source)
                    }))
        }
    }

    private func section(_ place: EntityCard.Place) -> HTML {
        HTML { h in
            for (card, content) in cards where card.place == place {
                h.add(Card.html(card.title, id: card.id, content: content))
            }
        }
    }

    private var about: HTML {
        let tags = (entity.metadata["tags"]?.array ?? []).compactMap(\.string)
        return Card.html(
            words.about,
            content: HTML { h in
                if let text = entity.metadata["description"]?.string {
                    h.add(MarkdownText(text).html(context.interface))
                } else if !GeneratedLocation.isOne(entity) {
                    h.add(Card.quiet(words.noDescription))
                }
                h.add(TagList.html(tags, mostOpen: Self.mostTags, context.interface))
                if !targets.isEmpty { h.add(Pairs.html([(targets.count == 1 ? words.target : words.targets, places)])) }
            })
    }

    /// Where a Location leads.
    private var targets: [String] {
        if entity.kind != "Location" { return [] }
        return ([entity.spec["target"]].compactMap { $0 } + (entity.spec["targets"]?.array ?? [])).compactMap(\.string)
    }

    private var places: HTML {
        HTML { h in for target in targets { h(.div) { h.add(Code.long(target)) } } }
    }

    private var links: HTML {
        let links = (entity.metadata["links"]?.array ?? []).compactMap { link in
            link["url"]?.string.map {
                LinkList.Link(link["title"]?.string ?? $0, url: SafeURL($0), type: link["type"]?.string)
            }
        }
        // It has no file to add them to.
        if links.isEmpty, GeneratedLocation.isOne(entity) { return .empty }
        return Card.html(
            words.links,
            content: links.isEmpty ? Card.quiet(words.noLinks) : LinkList.html(links, context.interface))
    }

    private var labels: HTML {
        let labels = entity.metadata["labels"]?.object?.members ?? []
        if labels.isEmpty { return .empty }
        return Card.html(
            words.labels,
            content: Pairs.text(
                labels.map { ($0.key, $0.value.string ?? "") }, isCode: true, mostOpen: Self.mostLabels,
                context.interface))
    }

    /// Which file says all this.
    private var source: HTML {
        func place(_ key: String) -> String? { entity.annotation("backstage.io/\(key)") }
        guard let location = place("managed-by-location") else { return .empty }
        var pairs = [(words.declaredIn, SourcePlace.html(location))]
        if let origin = place("managed-by-origin-location"), origin != location {
            pairs.append((words.foundThrough, SourcePlace.html(origin)))
        }
        if let root {
            pairs.append((words.location, EntityLink.html(root, title: words.showLocation, context.interface)))
        }
        return Card.html(words.source, content: Pairs.html(pairs.map { (name: $0, value: $1) }))
    }
}

/// Where something is written: a link for a URL, else the path.
enum SourcePlace {
    /// - Parameter location: `file:examples/all.yaml`, as pages show paths.
    static func html(_ location: String) -> HTML {
        guard let colon = location.firstIndex(of: ":") else { return Code.long(location) }
        let target = String(location[location.index(after: colon)...])
        guard location.hasPrefix("url:"), let url = SafeURL(target) else { return Code.long(target) }
        return HTML { h in h(.a, .href(url), text: target) }
    }
}
