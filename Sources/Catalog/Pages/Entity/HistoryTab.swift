import EntityModel
import Foundation
import PortalKit
import PortalUI

/// What became of an entity, from the change feed.
enum HistoryTab {
    private static let mostChanges = 30
    private static let longestValue = 400

    static func html(
        of reference: EntityReference, _ entities: EntityStore, _ catalog: AuthorizedCatalog, _ paths: ShownPaths,
        _ context: ViewContext
    ) async throws -> HTML {
        let changes = try await changes(of: reference, entities, catalog)
        let since = try await entities.keptSince(reference.description, changes)
        return HTML { h in
            h.add(html(changes, paths, context))
            if changes.count == mostChanges { h.add(Card.quiet(context.words.newestShown(mostChanges))) }
            if let since {
                h.add(Card.quiet(context.words.olderNotKept(since: ChangesPage.day(of: since, context.words))))
            }
            h.add(Pager.more(context.words.inAllChanges, ChangeAddress.url("entity", reference)))
        }
    }

    /// The newest changes that somebody may see.
    static func changes(
        of reference: EntityReference, _ entities: EntityStore, _ catalog: AuthorizedCatalog
    ) async throws -> [EntityStore.Change] {
        // What the index does not know yet may be in other hands by now.
        let all = try await entities.history(
            of: reference.description, limit: mostChanges, before: catalog.index.head + 1)
        return catalog.visible(all, of: reference)
    }

    static func html(_ changes: [EntityStore.Change], _ paths: ShownPaths, _ context: ViewContext) -> HTML {
        let words = context.words
        if changes.isEmpty { return Card.html(words.history, content: Card.quiet(words.nothingRecorded)) }
        let events = changes.map { change in
            Timeline.Event(
                words.change(change.kind),
                time: Time.html(change.date, now: context.now, context.interface),
                details: HTML { h in
                    if let cause = change.cause {
                        h.add(Card.quiet(sentence(cause, change.kind, paths, context)))
                    }
                    if change.kind == "updated" { h.add(differences(change, paths)) }
                })
        }
        return Card.html(words.history, content: Timeline.html(events))
    }

    /// `Read from examples/all.yaml`
    /// - Parameter goesOn: it is the end of a sentence.
    static func sentence(
        _ cause: ChangeCause, _ kind: String, _ paths: ShownPaths, _ context: ViewContext, goesOn: Bool = false
    ) -> HTML {
        let words = context.words
        return HTML { h in
            func begin(_ text: String) { h.text(goesOn ? text.prefix(1).lowercased() + text.dropFirst() : text) }
            switch cause {
            case .location(let location):
                begin(kind == "deleted" ? words.noLongerFound : words.readFrom)
                h.add(SourcePlace.html(paths.shown(location.description)))
            case .user(let text):
                begin(words.by)
                if let reference = try? EntityReference(parsing: text) {
                    h.add(EntityLink.html(reference, context.interface))
                } else {
                    h.text(text)
                }
            case .service(let subject):
                begin(words.byProgram)
                h.add(Code.inline(subject))
            case .configuration: begin(words.byConfiguration)
            case .anonymous: begin(words.bySomebody)
            }
        }
    }

    private static func differences(_ change: EntityStore.Change, _ paths: ShownPaths) -> HTML {
        pairs(
            JSONDifference.of(
                change.before.map(paths.shown) ?? .null, change.after.map(paths.shown) ?? .null))
    }

    /// Fields, with what stood there and what does.
    static func pairs(_ differences: [JSONDifference]) -> HTML {
        Pairs.html(
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
