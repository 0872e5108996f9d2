import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// The page of an entity that was deleted: when, by what, and what was before. It may come back under its name.
struct DeletedEntity: Sendable {
    let reference: EntityReference
    /// What may be seen of its history, the newest first; the first is the deletion.
    let changes: [EntityStore.Change]
    let paths: ShownPaths
    let context: ViewContext

    private var words: any CatalogWords { context.words }

    /// - Returns: nil where nothing was deleted, or nothing that this person might have seen.
    static func load(
        _ reference: EntityReference, _ entities: EntityStore, _ catalog: AuthorizedCatalog, _ paths: ShownPaths,
        _ context: ViewContext
    ) async throws -> DeletedEntity? {
        let changes = try await HistoryTab.changes(of: reference, entities, catalog)
        guard changes.first?.kind == "deleted" else { return nil }
        return DeletedEntity(reference: reference, changes: changes, paths: paths, context: context)
    }

    /// - Parameter tab: the part of the page that was asked for.
    func content(tab: String) -> PageContent {
        let title = name
        let kind = last?.kind ?? reference.kind
        let trail: [PageContent.Step] = [
            .init(words.catalog, "/catalog"),
            .init(words.plural(of: kind), .path(["catalog"], query: [("filters[kind]", kind.lowercased())])),
        ]
        return PageContent(
            title, trail: trail, status: .notFound, html: tab == "history" ? history(title) : panel(title))
    }

    private var last: Entity? { changes.first?.before?.object.map { Entity($0) } }
    private var name: String { last.map(EntityName.title) ?? EntityLink.shortName(reference) }

    private func panel(_ title: String) -> HTML {
        ErrorPanel.html(
            words.wasDeleted(title), code: 404, message: words.noLongerHas("\(reference)"), content: deletion,
            actions: HTML { h in
                h.add(Button.link(words.showHistory, EntityLink.url(reference, tab: "history"), isMain: true))
                h.add(
                    Button.link(
                        words.searchCatalog,
                        .path(["catalog"], query: [("filters[kind]", "all"), ("filters[text]", reference.name)])))
            }, context.interface)
    }

    private func history(_ title: String) -> HTML {
        HTML { h in
            h.add(
                PageHead.html(
                    title, sign: Icon.kind(last?.kind ?? reference.kind, isLarge: true),
                    subtitle: Code.copied(reference.description, context.interface)))
            h.add(Note.html(.info, nil, deletion))
            h.add(HistoryTab.html(changes, paths, context))
            h.add(Pager.more(words.inAllChanges, ChangeAddress.url("entity", reference)))
        }
    }

    /// When, and by what.
    private var deletion: HTML {
        guard let change = changes.first else { return .empty }
        return HTML { h in
            h(.p) {
                h.text(words.deletedAt)
                h.add(Time.html(change.date, now: context.now, context.interface))
                if let cause = change.cause {
                    if case .location = cause { h.text(",") }
                    h.text(" ")
                    h.add(HistoryTab.sentence(cause, change.kind, paths, context, goesOn: true))
                }
                h.text(".")
            }
        }
    }
}
