import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Changes below the day on which they were: what became of which entity, by whom, and what is different.
struct ChangeList {
    let changes: [CatalogChange]
    let catalog: AuthorizedCatalog
    let paths: ShownPaths
    let context: ViewContext

    private static let mostFields = 3
    private static let mostDifferences = 12
    private static let dayLength: Int64 = 86_400_000

    private var words: any CatalogWords { context.words }

    var html: HTML {
        HTML { h in
            var rest = changes[...]
            while let first = rest.first {
                // Later changes may have begun earlier: a day ends where another comes, and may come again.
                let day = Self.day(of: first)
                let group = rest.prefix { Self.day(of: $0) == day }
                rest = rest.dropFirst(group.count)
                h.add(Card.html(title(day, first), content: Timeline.html(group.map(event))))
            }
        }
    }

    private static func day(of entry: CatalogChange) -> Int64 {
        let at = entry.change.at
        return at >= 0 ? at / dayLength : (at + 1) / dayLength - 1
    }

    private func title(_ day: Int64, _ entry: CatalogChange) -> String {
        let today = Int64(context.now.timeIntervalSince1970 * 1_000) / Self.dayLength
        let date = ChangesPage.day(of: entry.change.at, words)
        return switch today - day {
        case 0: "\(words.today), \(date)"
        case 1: "\(words.yesterday), \(date)"
        default: date
        }
    }

    private func event(_ entry: CatalogChange) -> Timeline.Event {
        let change = entry.change
        return Timeline.Event(
            words.change(change.kind), subject: subject(entry),
            time: Time.html(change.date, now: context.now, context.interface),
            details: HTML { h in
                if let cause = change.cause {
                    h.add(Card.quiet(HistoryTab.sentence(cause, change.kind, paths, context)))
                }
                if change.kind == "updated" { h.add(differences(entry)) }
            })
    }

    private func subject(_ entry: CatalogChange) -> HTML {
        HTML { h in
            let slot = catalog.slot(reference: entry.reference.description)
            let last = entry.change.after ?? entry.change.before
            let entity = last?.object.map { Entity($0) }
            let title = slot.map { catalog.title(of: $0) } ?? entity.map(EntityName.title)
            h.add(Icon.kind(entity?.kind ?? entry.reference.kind))
            h.text(" ")
            // What is gone has a page that says so.
            h.add(EntityLink.html(entry.reference, title: title, context.interface))
        }
    }

    /// `Changed: metadata.title, spec.owner and 2 more`, with the differences below.
    private func differences(_ entry: CatalogChange) -> HTML {
        let all = JSONDifference.of(
            entry.change.before.map(paths.shown) ?? .null, entry.change.after.map(paths.shown) ?? .null)
        if all.isEmpty { return .empty }
        // Where only one of the two states may be read, every field would look as if it had changed.
        if entry.change.before == nil || entry.change.after == nil { return Card.quiet(words.partlyHidden) }
        let names = FewNames.text(all.map(\.path), most: Self.mostFields, and: words)
        return Fold.html(
            words.changedFields(names),
            HTML { h in
                h.add(HistoryTab.pairs(Array(all.prefix(Self.mostDifferences))))
                if all.count > Self.mostDifferences {
                    h.add(
                        Pager.more(
                            context.interface.more(all.count - Self.mostDifferences),
                            EntityLink.url(entry.reference, tab: "history")))
                }
            })
    }
}

extension FewNames {
    /// The first names and the number of the others, in the words of a page.
    static func text(_ names: [String], most: Int, and words: any CatalogWords) -> String {
        let rest = names.count - min(names.count, most)
        let shown = names.prefix(most).joined(separator: ", ")
        return rest > 0 ? shown + words.andMoreFields(rest) : shown
    }
}
