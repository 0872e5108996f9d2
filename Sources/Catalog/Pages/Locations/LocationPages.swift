import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// The pages on which people register locations and take them out again.
struct LocationPages: Sendable {
    let roots: RootStore
    let index: PublishedIndex
    let permissions: ServiceHandle<any PermissionService>
    let runtime: RuntimeExchange
    let catchUp: @Sendable () async throws -> Void

    private static let longestForm = 16 << 10
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    var contributions: [any Contribution] {
        let create = Route.Access.permission(CatalogPermissions.locationCreate)
        let delete = Route.Access.permission(CatalogPermissions.locationDelete)
        let unregister = "/catalog-import/{id}/unregister"
        return [
            Page("catalog-import", path: "/catalog-import", access: create, navigation: "catalog") { request, context in
                try await registration(request, context).content
            },
            Page("catalog-unregister", path: unregister, access: delete, navigation: "catalog", isNoted: false) {
                request, context in
                try await unregistration(request, context).content
            },
            APIRoutes([
                Route(
                    .post, "/catalog-import", access: create, maximumBodyBytes: Self.longestForm, isPage: true,
                    handler: register),
                Route(
                    .post, unregister, access: delete, maximumBodyBytes: Self.longestForm, isPage: true,
                    handler: unregister(_:)),
            ]),
        ]
    }
}

/// What other pages show of locations.
extension LocationPages {
    func mayRegister(_ principal: Principal) async throws -> Bool {
        guard let settings = try? runtime.current.settings, !settings.isReadonly else { return false }
        return try await allows(CatalogPermissions.locationCreate, principal)
    }

    /// Where somebody can take out the location that a page is about; nil for other entities, and for who may not.
    func unregistration(of entity: Entity, for principal: Principal) async throws -> SafeURL? {
        guard GeneratedLocation.isOne(entity), let settings = try? runtime.current.settings, !settings.isReadonly,
            try await allows(CatalogPermissions.locationDelete, principal)
        else { return nil }
        let name = entity.annotation("backstage.io/managed-by-location")
        return try await roots.registered().first { $0.location.description == name }.map {
            UnregistrationPage.url(of: $0.id)
        }
    }

    /// The Location entity of the configured or registered location that an entity was found through.
    static func root(of entity: Entity, _ catalog: AuthorizedCatalog) -> EntityReference? {
        guard !GeneratedLocation.isOne(entity),
            let origin = entity.annotation("backstage.io/managed-by-origin-location").flatMap({
                LocationReference(parsing: $0)
            })
        else { return nil }
        let reference = GeneratedLocation.reference(of: origin)
        return catalog.slot(reference: reference) == nil ? nil : try? EntityReference(parsing: reference)
    }

    /// What was read through the configured or registered location that an entity stands for.
    static func contents(
        of entity: Entity, _ catalog: AuthorizedCatalog, from start: Int
    ) -> LocationContents? {
        guard GeneratedLocation.isOne(entity),
            let location = entity.annotation("backstage.io/managed-by-location").flatMap({
                LocationReference(parsing: $0)
            })
        else { return nil }
        return LocationContents(of: location, through: catalog, from: start)
    }

    private func allows(_ permission: Permission, _ principal: Principal) async throws -> Bool {
        try await permissions.service.authorize(permission, for: principal) == .allow
    }
}

extension LocationPages {
    /// How long whoever registered something waits for its first entities, in tenths of a second.
    private static let longestWait = 20

    private func registration(_ request: PortalRequest, _ context: ViewContext) async throws -> RegistrationPage {
        let runtime = try runtime.current
        let catalog = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
        var page = RegistrationPage(
            address: address(request.query["url"]), paths: runtime.paths, context: context)
        page.isReadonly = runtime.settings.isReadonly
        if !page.isReadonly {
            page.mayUnregister = try await allows(CatalogPermissions.locationDelete, request.principal)
        }
        let registered = try await roots.registered()
        if try await allows(CatalogPermissions.locationRead, request.principal) {
            page.registered = registered.sorted { $0.location.target < $1.location.target }
                .prefix(RegistrationPage.mostRegistered).map { .init($0, through: catalog, most: 0) }
            page.registeredCount = registered.count
        }
        if let id = request.query[RegistrationPage.registeredParameter] {
            page.done = registered.first { $0.id == id }.map { .init($0, through: catalog) }
        }
        if page.address.isEmpty { return page }
        do {
            let location = try RegistrableLocation.checked(type: "url", target: page.address, runtime.settings)
            page.known = registered.first { $0.location == location }.map { .init($0, through: catalog) }
            page.isConfigured = runtime.settings.locations.contains { $0.location == location }
            // Another site may lead people here, but it does not make this portal ask hosts.
            if Self.isForeign(request) { return page }
            let analysis = try await LocationAnalysis.make(of: location, runtime.processor, catalog)
            page.analysis = analysis
            page.through = Self.through(analysis, catalog)
        } catch let problem as RegistrableLocation.Problem {
            page.problem = context.words.problem(problem)
        } catch let error as PortalError where error.kind == .input { page.problem = error.message }
        return page
    }

    /// What all of an address is read through already; nil where something of it would be new.
    private static func through(_ analysis: LocationAnalysis, _ catalog: AuthorizedCatalog) -> Entity? {
        func entity(_ reference: EntityReference) -> Entity? {
            catalog.slot(reference: reference.description).map { catalog.index.shown($0) }
        }
        guard analysis.addsNothing,
            let first = analysis.found.first(where: { $0.standing == .known }).flatMap({ entity($0.reference) })
        else { return nil }
        return root(of: first, catalog).flatMap(entity) ?? first
    }

    private static func isForeign(_ request: PortalRequest) -> Bool {
        ["cross-site", "same-site"].contains(fetchSite.flatMap { request.headers[$0] } ?? "")
    }

    private func address(_ text: String?) -> String { (text ?? "").trimmed }

    private func register(_ request: PortalRequest) async throws -> PortalResponse {
        let form = try request.form
        let settings = try runtime.current.settings
        let written = address(form["url"])
        let page = RegistrationPage.url(address: written)
        do {
            let location = try RegistrableLocation.checked(type: "url", target: written, settings)
            if settings.isReadonly { throw FormRefusal(request, on: page, kind: .notAllowed) { $0.catalog.isReadonly } }
            return try await register(location, by: request.principal)
        } catch let problem as RegistrableLocation.Problem {
            throw FormRefusal(request, on: page, field: "url") { $0.catalog.problem(problem) }
        }
    }

    private func register(_ location: LocationReference, by principal: Principal) async throws -> PortalResponse {
        do {
            let registered = try await roots.register(location, by: ChangeCause(principal))
            try await wait(for: location)
            return .redirect(RegistrationPage.url(registered: registered.id).text)
        } catch let error as PortalError where error.kind == .conflict {
            // Pressed twice, or by two: the page says that it is there.
            return .redirect(RegistrationPage.url(address: location.target).text)
        }
    }

    /// Most files are read at once; then the next page shows their entities and need not be loaded again.
    private func wait(for location: LocationReference) async throws {
        let reference = GeneratedLocation.reference(of: location)
        for _ in 0..<Self.longestWait {
            try await catchUp()
            if index.current.slot(reference: reference) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func registered(_ request: PortalRequest) async throws -> RootStore.Registered {
        guard let location = try await roots.registered(try request.parameter("id")) else {
            throw PortalError(.notFound, "No location is registered by this id; somebody may have unregistered it")
        }
        return location
    }

    private func unregistration(_ request: PortalRequest, _ context: ViewContext) async throws -> UnregistrationPage {
        let location = try await registered(request)
        let settings = try runtime.current.settings
        let leaving = try await roots.leaving(with: location.location)
        let catalog = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
        let generated = GeneratedLocation.reference(of: location.location)
        let others = leaving.filter { $0 != generated }
        let visible = others.compactMap { catalog.slot(reference: $0) }.map { catalog.index.shown($0) }
        return UnregistrationPage(
            location: location, leaving: visible, hidesSome: visible.count < others.count,
            page: catalog.slot(reference: generated).flatMap { _ in try? EntityReference(parsing: generated) },
            isConfigured: settings.locations.contains { $0.location == location.location },
            isReadonly: settings.isReadonly, context: context)
    }

    private func unregister(_ request: PortalRequest) async throws -> PortalResponse {
        try RegistrableLocation.refuseReadonly(try runtime.current.settings)
        let location = try await registered(request)
        _ = try await roots.unregister(location.id, by: ChangeCause(request.principal))
        try await catchUp()
        let query = [("filters[kind]", "location"), (UnregistrationPage.doneParameter, "1")]
        return .redirect(SafeURL.path(["catalog"], query: query).text)
    }
}
