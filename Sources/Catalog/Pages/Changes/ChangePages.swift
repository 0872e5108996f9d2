import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// `/changes`: what changed in the catalog, for people.
struct ChangePages: Sendable {
    let log: ChangeLog
    let index: PublishedIndex
    let paths: @Sendable () -> ShownPaths

    private static let count = 25

    var contributions: [any Contribution] {
        [
            Page(
                "changes", path: ChangeAddress.path, access: .permission(CatalogPermissions.entityRead),
                navigation: "changes", content: page),
            NavigationItem(
                "changes", title: "Changes", path: "/changes", icon: .clock, key: "r", rank: 25),
        ]
    }

    private func page(_ request: PortalRequest, _ context: ViewContext) async throws -> PageContent {
        let address = ChangeAddress(request.query)
        do {
            let version = index.version
            let catalog = AuthorizedCatalog(version, decision: request.decision)
            let cursor = try address.cursor.map { try ChangeCursor(parsing: $0, for: address.filter) }
            let found = try await log.page(
                ChangeSieve(address.filter, catalog), before: cursor?.number, count: Self.count, withStates: true)
            try cursor?.check(found.state.epoch)
            return ChangesPage(
                address: address, found: found, catalog: catalog, isDenied: request.decision == .deny,
                version: version.index.head, paths: paths(), context: context
            ).content
        } catch let error as PortalError where error.kind == .input {
            return misplaced(address, error, context)
        }
    }

    /// The address names a place in the list that is none.
    private func misplaced(_ address: ChangeAddress, _ error: PortalError, _ context: ViewContext) -> PageContent {
        let words = context.words
        return PageContent(
            words.noSuchPlaceShort, trail: [.init(words.changes, "/changes")], status: .badRequest,
            html: ErrorPanel.html(
                words.noSuchPlace, code: error.kind.statusCode, message: words.cursorUnusable(error.message),
                content: Card.quiet(words.cursorMayBeCut),
                actions: Button.link(words.backToNewest, address.url, isMain: true), context.interface))
    }
}
