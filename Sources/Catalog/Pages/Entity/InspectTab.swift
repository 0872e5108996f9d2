import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Everything the catalog holds of an entity, and why: as the API serves it but for the folders of the host.
struct InspectTab: Sendable {
    /// As pages show it.
    let entity: Entity
    /// As the API serves it.
    let stored: Entity
    let source: SourceFacts?
    /// The entities that led to it, the nearest first; those that may not be seen are left out.
    let ancestors: [Entity]
    let neighbours: Neighbours
    let paths: ShownPaths
    let context: ViewContext

    /// Relations or parts of texts are left out.
    var isPartial = false

    static let mostAnnotations = 20
    /// A page of more would be too heavy for whoever looks.
    static let mostRelations = 300

    /// Whether a text is as long as only those are of which an end was cut off.
    static func hasLongText(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.utf8.count > CatalogIndex.longestShown
        case .array(let list): list.contains(where: hasLongText)
        case .object(let object): object.members.contains { hasLongText($0.value) }
        default: false
        }
    }

    private var words: any CatalogWords { context.words }

    var html: HTML {
        let annotations = entity.metadata["annotations"]?.object?.members ?? []
        return HTML { h in
            h.add(
                Columns.wide(
                    HTML { h in
                        h.add(why)
                        if !annotations.isEmpty {
                            let pairs = annotations.map { (name: $0.key, value: $0.value.string ?? "") }
                            h.add(
                                Card.html(
                                    words.annotations,
                                    content: Pairs.text(
                                        pairs, isCode: true, mostOpen: Self.mostAnnotations, context.interface)))
                        }
                    },
                    HTML { h in
                        h.add(identity)
                        h.add(ancestry)
                        h.add(neighbours.card(beside: entity.reference, context))
                    }))
            h.add(raw)
        }
    }

    private var identity: HTML {
        let pairs = ["uid", "etag"].map { key in
            (name: key, value: Code.copied(entity.metadata[key]?.string ?? "", context.interface))
        }
        return Card.html(words.identity, content: Pairs.html(pairs, isCode: true))
    }

    private var ancestry: HTML {
        if ancestors.isEmpty { return Card.html(words.ancestry, content: Card.quiet(words.noAncestors)) }
        let items = ancestors.map { EntityList.Item($0.reference, entity: $0) }
        return Card.html(
            words.ancestry, count: context.interface.number(items.count),
            content: EntityList.html(nil, items, total: items.count, context.interface))
    }

    /// Which file says all this, when it was read, and what came of it.
    private var why: HTML {
        guard let source else { return Card.html(words.why, content: Card.quiet(words.noSource)) }
        func time(_ milliseconds: Int64?) -> HTML {
            guard let milliseconds else { return HTML { $0.text(words.never) } }
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            return Time.html(date, now: context.now, context.interface)
        }
        var pairs: [(name: String, value: HTML)] = [
            (words.declaredIn, SourcePlace.html(paths.shown(source.location.description))),
            (words.lastRead, time(source.succeededAt)),
            (words.nextReading, source.isUnderWay ? HTML { $0.text(words.now) } : time(source.nextAt)),
        ]
        if let hash = source.inputHash { pairs.append((words.inputHash, Code.inline(String(hash.prefix(16))))) }
        if let etag = source.etag { pairs.append((words.sourceTag, Code.inline(String(etag.prefix(60))))) }
        if source.failures > 0 {
            pairs.append((words.failedReadings, HTML { $0.text(String(source.failures)) }))
            pairs.append((words.failingSince, time(source.failingSince)))
            if let error = source.error {
                pairs.append((words.lastError, HTML { $0.text(String(paths.shown(error).prefix(1_000))) }))
            }
        }
        if source.heldSince != nil { pairs.append((words.heldSince, time(source.heldSince))) }
        return Card.html(words.why, content: Pairs.html(pairs))
    }

    private var raw: HTML {
        let url = Self.apiURL(entity.reference)
        return HTML { h in
            h.add(
                Card.html(
                    "YAML", id: "yaml",
                    content: HTML { h in
                        if isPartial { h.add(leftOut(words.restLeftOut(Self.mostRelations), words.apiHasAll)) }
                        h.add(yaml)
                    }))
            h.add(
                Card.html(
                    "JSON", id: "json",
                    action: HTML { h in h(.a, .href(url), text: words.rawJSON) },
                    content: HTML { h in
                        if entity.object != stored.object { h.add(leftOut(words.foldersLeftOut, words.apiHasThem)) }
                        h.add(
                            CodeBlock.html(
                                JSONWriter.text(.object(entity.object), indent: 2), language: .json,
                                label: words.entityAsJSON, raw: url, lines: "J", context.interface))
                    }))
        }
    }

    private var yaml: HTML {
        CodeBlock.html(
            YAMLWriter.text(.object(entity.object)), language: .yaml, label: words.entityAsYAML, lines: "Y",
            context.interface)
    }

    /// Programs need what a page does not show, and get it.
    private func leftOut(_ what: String, _ elsewhere: String) -> HTML {
        Card.quiet(
            HTML { h in
                h.text(what)
                h(.a, .href(Self.apiURL(entity.reference)), text: elsewhere)
                h.text(".")
            })
    }

    static func apiURL(_ reference: EntityReference) -> SafeURL {
        .path([
            "api", "catalog", "entities", "by-name", reference.kind.lowercased(), reference.namespace, reference.name,
        ])
    }
}
