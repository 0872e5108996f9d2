import EntityModel
import Foundation
import PortalKit
import PortalUI

/// An API's definition as it was written.
enum DefinitionTab {
    static func html(_ entity: Entity) -> HTML {
        Card.html(
            "Definition",
            content: entity.spec["definition"]?.string.map { Code.block($0, label: "Definition") }
                ?? Card.quiet("The definition could not be read; see the error above."))
    }
}

/// Everything the catalog holds of an entity, as the API serves it.
enum InspectTab {
    static func html(_ entity: Entity) -> HTML {
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
            h.add(Card.html("JSON", content: Code.block(text, label: "The entity as JSON")))
        }
    }
}

/// What became of an entity, from the change feed.
enum HistoryTab {
    private static let mostChanges = 30
    private static let longestValue = 400

    static func html(
        of reference: EntityReference, _ entities: EntityStore, _ decision: AuthorizationDecision, now: Date
    ) async throws -> HTML {
        let all = try await entities.history(of: reference.description, limit: mostChanges, before: nil)
        let changes = VisibleHistory(decision)(all, of: reference)
        if changes.isEmpty { return Card.html("History", content: Card.quiet("Nothing is recorded yet.")) }
        let events = changes.map { change in
            Timeline.Event(
                change.kind.capitalized,
                time: Time.html(Date(timeIntervalSince1970: Double(change.at) / 1_000), now: now),
                details: change.kind == "updated" ? differences(change) : .empty)
        }
        return Card.html("History", content: Timeline.html(events))
    }

    private static func differences(_ change: EntityStore.Change) -> HTML {
        let differences = JSONDifference.of(change.before ?? .null, change.after ?? .null)
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
