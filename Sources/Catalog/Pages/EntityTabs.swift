import EntityModel
import Foundation
import PortalKit
import PortalUI

/// An API's definition as it was written.
enum DefinitionTab {
    static func html(_ entity: Entity) -> HTML {
        Card.html(
            "Definition",
            content: HTML { h in
                if let text = entity.spec["definition"]?.string {
                    h(.pre, .tabindex(0), text: text)
                } else {
                    h(.p, .class("quiet"), text: "The definition could not be read; see the error above.")
                }
            })
    }
}

/// Everything the catalog holds of an entity, as the API serves it.
enum InspectTab {
    static func html(_ entity: Entity) -> HTML {
        let annotations = entity.metadata["annotations"]?.object?.members ?? []
        return HTML { h in
            h.add(
                Card.html(
                    "Identity",
                    content: HTML { h in
                        h(.dl, .class("pairs")) {
                            for key in ["uid", "etag"] {
                                h(.dt, text: key)
                                h(.dd, .class("mono"), text: entity.metadata[key]?.string ?? "")
                            }
                        }
                    }))
            h.add(
                Card.html(
                    "Annotations",
                    content: HTML { h in
                        h(.dl, .class("pairs")) {
                            for (key, value) in annotations {
                                h(.dt, text: key)
                                h(.dd, text: value.string ?? "")
                            }
                        }
                    }))
            h.add(
                Card.html(
                    "JSON",
                    content: HTML { h in h(.pre, .tabindex(0), text: JSONWriter.text(.object(entity.object), indent: 2))
                    }))
        }
    }
}

/// What became of an entity, from the change feed.
enum HistoryTab {
    private static let mostChanges = 30
    private static let longestValue = 400

    static func html(of reference: EntityReference, _ entities: EntityStore, now: Date) async throws -> HTML {
        let changes = try await entities.history(of: reference.description, limit: mostChanges, before: nil)
        return Card.html(
            "History",
            content: HTML { h in
                if changes.isEmpty { h(.p, .class("quiet"), text: "Nothing is recorded yet.") }
                for change in changes {
                    h(.h3) {
                        h.text("\(change.kind.capitalized) ")
                        h.add(Time.html(Date(timeIntervalSince1970: Double(change.at) / 1_000), now: now))
                    }
                    if change.kind == "updated" { differences(h, change) }
                }
            })
    }

    private static func differences(_ h: HTMLWriter, _ change: EntityStore.Change) {
        h(.dl, .class("pairs")) {
            for difference in JSONDifference.of(change.before ?? .null, change.after ?? .null) {
                h(.dt, text: difference.path)
                h(.dd) {
                    if let before = difference.before { h(.del, text: shortened(before)) }
                    h.text(" ")
                    if let after = difference.after { h(.ins, text: shortened(after)) }
                }
            }
        }
    }

    private static func shortened(_ value: JSONValue) -> String {
        let text = value.string ?? JSONWriter.text(value)
        return text.count > longestValue ? "\(text.prefix(longestValue))…" : text
    }
}
