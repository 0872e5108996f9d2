import EntityModel
import Foundation
import PortalKit
import PortalUI

/// An API's definition as it was written, but for JSON on one line, as placeholders make it, which nobody can read.
enum DefinitionTab {
    private static let longestLine = 1 << 20
    private static let longestIndented = 4 << 20

    /// A definition as it is shown.
    static func shown(_ definition: String) -> String {
        let text = definition.trimmed
        guard text.utf8.count <= longestLine, text.hasPrefix("{") || text.hasPrefix("["),
            !text.utf8.contains(UInt8(ascii: "\n"))
        else { return definition }
        return JSONIndent.text(text, longest: longestIndented) ?? definition
    }

    static func html(_ entity: Entity) -> HTML {
        Card.html(
            "Definition",
            content: entity.spec["definition"]?.string.map { Code.block(shown($0), label: "Definition") }
                ?? Card.quiet("The definition could not be read; see the error above."))
    }
}

/// Everything the catalog holds of an entity, as the API serves it but for the folders of the host.
enum InspectTab {
    /// - Parameters:
    ///   - entity: as pages show it.
    ///   - stored: as the API serves it.
    static func html(_ entity: Entity, stored: Entity) -> HTML {
        let annotations = entity.metadata["annotations"]?.object?.members ?? []
        let identity = ["uid", "etag"].map { key in
            (name: key, value: Code.copied(entity.metadata[key]?.string ?? ""))
        }
        return HTML { h in
            h.add(Card.html("Identity", content: Pairs.html(identity, isCode: true)))
            if !annotations.isEmpty {
                let pairs = annotations.map { (name: $0.key, value: $0.value.string ?? "") }
                h.add(Card.html("Annotations", content: Pairs.text(pairs, isCode: true)))
            }
            let text = JSONWriter.text(.object(entity.object), indent: 2)
            h.add(
                Card.html(
                    "JSON",
                    content: HTML { h in
                        if entity.object != stored.object { h.add(whole(entity.reference)) }
                        h.add(Code.block(text, label: "The entity as JSON"))
                    }))
        }
    }

    /// Programs compare paths, and get them whole.
    private static func whole(_ reference: EntityReference) -> HTML {
        let url = SafeURL.path([
            "api", "catalog", "entities", "by-name", reference.kind.lowercased(), reference.namespace, reference.name,
        ])
        return HTML { h in
            h(.p, .class("quiet")) {
                h.text("Folders of the host are left out here, as on every page; ")
                h(.a, .href(url), text: "the API has the paths whole")
                h.text(".")
            }
        }
    }
}

/// What became of an entity, from the change feed.
enum HistoryTab {
    private static let mostChanges = 30
    private static let longestValue = 400

    static func html(
        of reference: EntityReference, _ entities: EntityStore, _ catalog: AuthorizedCatalog, _ paths: ShownPaths,
        now: Date
    ) async throws -> HTML {
        html(try await changes(of: reference, entities, catalog), paths, now: now)
    }

    /// The newest changes that somebody may see.
    static func changes(
        of reference: EntityReference, _ entities: EntityStore, _ catalog: AuthorizedCatalog
    ) async throws -> [EntityStore.Change] {
        let all = try await entities.history(of: reference.description, limit: mostChanges, before: nil)
        return catalog.visible(all, of: reference)
    }

    static func html(_ changes: [EntityStore.Change], _ paths: ShownPaths, now: Date) -> HTML {
        if changes.isEmpty { return Card.html("History", content: Card.quiet("Nothing is recorded yet.")) }
        let events = changes.map { change in
            Timeline.Event(
                change.kind.capitalized,
                time: Time.html(change.date, now: now),
                details: HTML { h in
                    if let cause = change.cause {
                        h(.p, .class("quiet")) { h.add(sentence(cause, change.kind, paths)) }
                    }
                    if change.kind == "updated" { h.add(differences(change, paths)) }
                })
        }
        return Card.html("History", content: Timeline.html(events))
    }

    /// `Read from examples/all.yaml`
    /// - Parameter goesOn: it is the end of a sentence.
    static func sentence(_ cause: ChangeCause, _ kind: String, _ paths: ShownPaths, goesOn: Bool = false) -> HTML {
        HTML { h in
            func begin(_ text: String) { h.text(goesOn ? text.prefix(1).lowercased() + text.dropFirst() : text) }
            switch cause {
            case .location(let location):
                begin(kind == "deleted" ? "No longer found through " : "Read from ")
                h.add(SourcePlace.html(paths.shown(location.description)))
            case .user(let text):
                begin("By ")
                if let reference = try? EntityReference(parsing: text) {
                    h.add(EntityLink.html(reference))
                } else {
                    h.text(text)
                }
            case .service(let subject):
                begin("By the program ")
                h.add(Code.inline(subject))
            case .configuration: begin("By a change of the configuration")
            case .anonymous: begin("By somebody who was not signed in")
            }
        }
    }

    private static func differences(_ change: EntityStore.Change, _ paths: ShownPaths) -> HTML {
        let differences = JSONDifference.of(
            change.before.map(paths.shown) ?? .null, change.after.map(paths.shown) ?? .null)
        return Pairs.html(
            differences.map {
                ($0.path, Difference.html(before: $0.before.map(shortened), after: $0.after.map(shortened)))
            }, isCode: true)
    }

    private static func shortened(_ value: JSONValue) -> String {
        let text = value.string ?? JSONWriter.text(value)
        return text.count > longestValue ? "\(text.prefix(longestValue))…" : text
    }
}

extension EntityStore.Change {
    var date: Date { Date(timeIntervalSince1970: Double(at) / 1_000) }
}
