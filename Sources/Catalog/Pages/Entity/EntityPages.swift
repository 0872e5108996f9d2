import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// The routes of the catalog's pages, and what is done from them.
struct EntityPages: Sendable {
    let index: PublishedIndex
    let sources: SourceStore
    let catchUp: @Sendable () async throws -> Void
    /// Changes with the locations of the configuration.
    let paths: @Sendable () -> ShownPaths
    let deletion: OrphanDeletion
    let locations: LocationPages
    let loader: EntityPageLoader
    let personal: PersonalServices

    private static let path = "/catalog/{namespace}/{kind}/{name}"

    var contributions: [any Contribution] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Page("catalog", path: "/catalog", access: read, navigation: "catalog") { request, context in
                try CatalogPage.content(
                    request, context, index.version, paths(),
                    mayRegister: try await locations.mayRegister(request.principal),
                    personal: try await personal.list(of: context, asked: request.query))
            },
            Page("entity", path: Self.path, access: read, navigation: "catalog") {
                try await loader.page(try reference($0), $0, $1, tab: "overview")
            },
            Page("entity-peek", path: "\(Self.path)/\(PeekCard.part)", access: read, isNoted: false) {
                try await loader.page(try reference($0), $0, $1, tab: PeekCard.part)
            },
            Page("entity-tab", path: "\(Self.path)/{tab}", access: read, navigation: "catalog") { request, context in
                try await loader.page(
                    try reference(request), request, context, tab: try request.parameter("tab"))
            },
            APIRoutes(
                [
                    Route(
                        .post, "\(Self.path)/refresh", access: .permission(CatalogPermissions.entityRefresh),
                        isPage: true, handler: refresh),
                    Route(
                        .post, "\(Self.path)/delete", access: .permission(CatalogPermissions.entityDelete), isPage: true
                    ) { try await deletion.delete(try reference($0), $0) },
                    Route(.get, "\(Self.path)/definition/raw", access: read, isPage: true) { request in
                        try DefinitionFile.answer(
                            try reference(request), AuthorizedCatalog(index.version, decision: request.decision),
                            isDownload: request.query["download"] != nil)
                    },
                    BulkRefresh(index: index, sources: sources, permissions: deletion.permissions).route,
                    CatalogExport(index: index, personal: personal).route,
                ] + SavedViewsForm(settings: personal.settings).routes + Bookmarks.routes),
            NavigationItem("catalog", title: "Catalog", path: "/catalog", icon: .catalog, key: "c", rank: 10),
            NavigationItem(
                "apis", title: "APIs", path: "/catalog?filters[kind]=api", icon: .api, key: "a", rank: 20),
        ] + locations.contributions
    }

    private func reference(_ request: PortalRequest) throws -> EntityReference {
        try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
    }

    private func refresh(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try reference(request)
        guard
            AuthorizedCatalog(index.version, decision: request.decision).slot(reference: reference.description) != nil,
            let ids = try await sources.sources(of: reference.description)
        else { throw PortalError(.notFound, "There is no \(reference) in the catalog") }
        try await sources.request(ids)
        let result = try await isRead(ids) ? EntityPage.Refresh.done : .asked
        return .redirect("\(EntityLink.url(reference).text)?\(EntityPage.Refresh.parameter)=\(result.rawValue)")
    }

    /// Waits a little for what was asked for, so that the page which follows shows it.
    private func isRead(_ ids: [Int64]) async throws -> Bool {
        if ids.isEmpty || ids.count > Self.mostAwaited { return false }
        for _ in 0..<Self.looks {
            if try await !sources.areUnderWay(ids) {
                try await catchUp()
                return true
            }
            try await Task.sleep(for: Self.pause)
        }
        return false
    }

    private static let mostAwaited = 20
    private static let looks = 40
    private static let pause: Duration = .milliseconds(30)
}
