import EntityModel
import Foundation
import PortalKit
import PortalUI

/// What people must know before they believe an entity's page: errors, relations to nothing, orphan; upstream's order.
struct EntityAlerts: Sendable {
    let entity: Entity
    let missing: [String]
    let now: Date

    var html: HTML {
        HTML { h in
            for item in entity.object["status"]?["items"]?.array ?? [] {
                if let message = item["message"]?.string { h.add(status(item, message)) }
            }
            if !missing.isEmpty { h.add(nowhere) }
            if entity.annotation("backstage.io/orphan") == "true" {
                h.add(
                    Note.text(
                        .warn, "No file declares this entity any more",
                        "It is an orphan: what is shown is what was read last. Declare it again, or delete it."))
            }
        }
    }

    private func status(_ item: JSONValue, _ message: String) -> HTML {
        let tone: Note.Tone =
            switch item["level"]?.string {
            case "error": .bad
            case "warning": .warn
            default: .info
            }
        let name = item["error"]?["name"]?.string ?? ""
        let text = message.hasPrefix("\(name): ") ? String(message.dropFirst(name.count + 2)) : message
        return Note.html(
            tone, title(name, tone),
            HTML { h in
                h(.p, text: text)
                if let since = date(item["error"]?["since"]) {
                    h(.p) {
                        h.text("It began ")
                        h.add(Time.html(since, now: now))
                        if let success = date(item["error"]?["lastSuccess"]) {
                            h.text("; what is shown was read ")
                            h.add(Time.html(success, now: now))
                        }
                        h.text(".")
                    }
                }
            })
    }

    private func title(_ name: String, _ tone: Note.Tone) -> String {
        if name == "ConflictError" { return "More than one file declares it" }
        if tone != .bad { return "Something to look at" }
        return entity.kind == "Location"
            ? "Something that this location leads to could not be read"
            : "Its newest version could not be read; the last good one is shown"
    }

    private func date(_ value: JSONValue?) -> Date? {
        value?.string.flatMap { try? Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
            ?? value?.string.flatMap { try? Date($0, strategy: .iso8601) }
    }

    private var nowhere: HTML {
        Note.html(
            .warn, missing.count == 1 ? "A relation leads to nothing" : "Relations lead to nothing",
            HTML { h in
                h(.p) {
                    h.text(missing.count == 1 ? "The catalog has no " : "The catalog has none of ")
                    for (number, reference) in missing.enumerated() {
                        if number > 0 { h.text(", ") }
                        h.add(Code.inline(reference))
                    }
                    h.text(". Register it, or mend the name in the file.")
                }
            })
    }
}
