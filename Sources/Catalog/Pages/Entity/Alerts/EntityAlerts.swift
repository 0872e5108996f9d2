import EntityModel
import Foundation
import PortalKit
import PortalUI

/// What people must know before they believe an entity's page: errors, relations to nothing, orphan, as upstream orders
/// them; then a source that nobody reads, and that the entity is deprecated.
struct EntityAlerts: Sendable {
    let entity: Entity
    let missing: [String]
    let context: ViewContext
    var staleness: Staleness?
    var successor: Successor?

    private var words: any CatalogWords { context.words }

    var html: HTML {
        HTML { h in
            for group in groups { h.add(status(group)) }
            if !missing.isEmpty { h.add(nowhere) }
            let misspelt = MisspeltField.issues(of: entity)
            if !misspelt.isEmpty { h.add(unread(misspelt)) }
            if entity.annotation("backstage.io/orphan") == "true" {
                h.add(
                    Note.text(
                        .warn, words.noFileDeclares, words.orphanText))
            }
            if let staleness { h.add(stale(staleness)) }
            if entity.spec["lifecycle"]?.string?.lowercased() == "deprecated" { h.add(deprecated) }
        }
    }

    /// Items below one title, which is said once.
    private struct Group {
        let title: String
        let tone: Note.Tone
        var items: [(text: String, error: JSONValue?)]
    }

    private var groups: [Group] {
        var groups: [Group] = []
        for item in entity.object["status"]?["items"]?.array ?? [] {
            guard let message = item["message"]?.string else { continue }
            let name = item["error"]?["name"]?.string ?? ""
            let tone = tone(item["level"]?.string)
            let title = title(name, tone, item["error"])
            let text = ProblemText(of: entity, name: name).shown(message)
            if let index = groups.firstIndex(where: { $0.title == title && $0.tone == tone }) {
                groups[index].items.append((text, item["error"]))
            } else {
                groups.append(Group(title: title, tone: tone, items: [(text, item["error"])]))
            }
        }
        return groups
    }

    private func tone(_ level: String?) -> Note.Tone {
        switch level {
        case "error": .bad
        case "warning": .warn
        default: .info
        }
    }

    private func status(_ group: Group) -> HTML {
        Note.html(
            group.tone, group.title,
            HTML { h in
                if group.items.count == 1 { return item(group.items[0], h) }
                // One more than fits is shown at once: a fold for one would be no shorter.
                let open = group.items.count <= Self.mostOpen + 1 ? group.items.count : Self.mostOpen
                list(group.items.prefix(open), h)
                if open < group.items.count {
                    h.add(
                        Fold.html(
                            context.interface.more(group.items.count - open),
                            HTML { h in list(group.items.dropFirst(open).prefix(Self.mostListed), h) }))
                }
            })
    }

    /// More would push what the page is about from the screen.
    private static let mostOpen = 4
    private static let mostListed = 200

    private func list(_ items: ArraySlice<(text: String, error: JSONValue?)>, _ h: HTMLWriter) {
        h(.ul) { for one in items { h(.li) { item(one, h) } } }
    }

    private func item(_ item: (text: String, error: JSONValue?), _ h: HTMLWriter) {
        h(.p, text: item.text)
        guard let since = date(item.error?["since"]) else { return }
        h(.p) {
            h.text(words.itBegan)
            h.add(Time.html(since, now: context.now, context.interface))
            if let success = date(item.error?["lastSuccess"]) {
                h.text(words.shownWasRead)
                h.add(Time.html(success, now: context.now, context.interface))
            }
            h.text(".")
        }
    }

    private func title(_ name: String, _ tone: Note.Tone, _ error: JSONValue?) -> String {
        if name == "ConflictError" { return words.moreThanOneFile }
        if tone != .bad { return words.somethingToLookAt }
        if entity.kind == "Location" { return words.locationUnreadable }
        // A placeholder stands as it was written only where there never was a better version.
        if Self.isPlaceholder(entity.spec["definition"]) { return words.definitionUnreadable }
        if Self.hasPlaceholder(.object(entity.object)) { return words.partUnreadable }
        let wasNeverRead = error?["lastSuccess"]?.isNull == true
        return wasNeverRead
            ? words.unreadable : words.newestUnreadable
    }

    private static func isPlaceholder(_ value: JSONValue?) -> Bool {
        guard let object = value?.object, object.count == 1 else { return false }
        return object.members.contains { $0.key.hasPrefix("$") && $0.value.string != nil }
    }

    private static func hasPlaceholder(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let list): list.contains(where: hasPlaceholder)
        case .object(let object): isPlaceholder(value) || object.members.contains { hasPlaceholder($0.value) }
        default: false
        }
    }

    private func date(_ value: JSONValue?) -> Date? {
        value?.string.flatMap { try? Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
            ?? value?.string.flatMap { try? Date($0, strategy: .iso8601) }
    }

    private func unread(_ misspelt: [EntityIssue]) -> HTML {
        Note.html(
            .warn, words.misspelt(misspelt.count),
            HTML { h in
                if misspelt.count == 1 { return h(.p, text: misspelt[0].text) }
                h(.ul) { for issue in misspelt { h(.li, text: issue.text) } }
            })
    }

    private func stale(_ staleness: Staleness) -> HTML {
        Note.html(
            .warn, words.longUnread,
            HTML { h in
                h(.p) {
                    h.text(words.wasReadLast)
                    h.add(Time.html(staleness.lastRead, now: context.now, context.interface))
                    h.text(words.shouldBeRead(everyMinutes: staleness.intervalMinutes))
                }
            })
    }

    private var deprecated: HTML {
        Note.html(
            .warn, words.isDeprecated,
            HTML { h in
                h(.p) {
                    guard let successor else {
                        h.text(words.noSuccessor)
                        h.add(Code.inline(Successor.annotation))
                        return h.text(".")
                    }
                    h.text(words.useInstead)
                    h.add(
                        EntityLink.html(
                            successor.reference, title: successor.title, exists: successor.title != nil,
                            context.interface))
                    h.text(words.useInsteadEnd)
                }
            })
    }

    private var nowhere: HTML {
        Note.html(
            .warn, words.leadsToNothing(missing.count),
            HTML { h in
                h(.p) {
                    h.text(words.catalogHasNo(missing.count))
                    for (number, reference) in missing.enumerated() {
                        if number > 0 { h.text(", ") }
                        h.add(Code.inline(reference))
                    }
                    h.text(words.registerOrMend(missing.count))
                }
            })
    }
}
