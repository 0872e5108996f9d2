import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `/locations`: registering places to read entities from.
struct LocationsAPI: Sendable {
    let roots: RootStore
    let index: PublishedIndex
    let permissions: ServiceHandle<any PermissionService>
    let runtime: RuntimeExchange
    let catchUp: @Sendable () async throws -> Void

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.locationRead)
        return [
            Route(.get, "/api/catalog/locations", access: read, hidesDenied: true, handler: list),
            Route(
                .post, "/api/catalog/locations", access: .permission(CatalogPermissions.locationCreate), handler: create
            ),
            Route(.post, "/api/catalog/locations/by-query", access: read, hidesDenied: true, handler: byQuery),
            Route(.get, "/api/catalog/locations/{id}", access: read, hidesDenied: true, handler: one),
            Route(
                .delete, "/api/catalog/locations/{id}", access: .permission(CatalogPermissions.locationDelete),
                handler: delete),
            Route(
                .get, "/api/catalog/locations/by-entity/{kind}/{namespace}/{name}", access: read, hidesDenied: true,
                handler: byEntity),
        ]
    }

    private static func json(_ location: RootStore.Registered) -> JSONValue {
        [
            "id": .string(location.id), "type": .string(location.location.type),
            "target": .string(location.location.target),
        ]
    }

    private func list(_ request: PortalRequest) async throws -> PortalResponse {
        let known = request.decision == .deny ? [] : try await roots.registered()
        return .json(.array(known.map { ["data": Self.json($0)] }))
    }

    private func one(_ request: PortalRequest) async throws -> PortalResponse {
        let id = try request.parameter("id")
        guard request.decision != .deny, let location = try await roots.registered(id) else {
            throw PortalError(.notFound, "Found no location with ID \(id)")
        }
        return .json(Self.json(location))
    }

    private func byEntity(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
        let catalog = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
        let origin = catalog.slot(reference: reference.description).flatMap {
            Entity(catalog.index.object(of: $0)).annotation("backstage.io/managed-by-origin-location")
        }
        guard request.decision != .deny, let location = origin.flatMap(LocationReference.init(parsing:)),
            let found = try await roots.registered(at: location)
        else {
            throw PortalError(.notFound, "found no location for entity \(reference)")
        }
        return .json(Self.json(found))
    }

    private func create(_ request: PortalRequest) async throws -> PortalResponse {
        let location = try self.location(in: JSONBody.filledObject(request))
        let runtime = try runtime.current
        if Self.isYes(try request.query.single("dryRun")) {
            let entities = try await LocationDryRun(processor: runtime.processor).entities(of: location)
            return .json(try await Self.tried(location, entities, isKnown: roots.contains(location)), status: .created)
        }
        try RegistrableLocation.refuseReadonly(runtime.settings)
        let registered = try await roots.register(location, by: ChangeCause(request.principal))
        return .json(["location": Self.json(registered), "entities": []], status: .created)
    }

    private static func tried(
        _ location: LocationReference, _ entities: [JSONValue], isKnown: Bool
    ) -> JSONValue {
        [
            "exists": .bool(isKnown), "entities": .array(entities),
            "location": [
                "type": .string(location.type), "target": .string(location.target), "id": .string(location.description),
            ],
        ]
    }

    private func location(in body: JSONValue) throws -> LocationReference {
        for key in body.object?.keys ?? [] where !["type", "target", "presence"].contains(key) {
            throw PortalError(.input, "Malformed request: Unrecognized key(s) in object: '\(key)'")
        }
        guard let type = body["type"]?.string, let target = body["target"]?.string, !target.isEmpty else {
            throw PortalError(.input, "Malformed request: type and target must be strings")
        }
        if let presence = body["presence"], presence != "required", presence != "optional" {
            throw PortalError(.input, "Malformed request: presence must be required or optional")
        }
        return try RegistrableLocation.make(type: type, target: target, runtime.current.settings)
    }

    private static func isYes(_ text: String?) -> Bool { ["true", "yes", "y", "1"].contains(text?.lowercased()) }

    private func delete(_ request: PortalRequest) async throws -> PortalResponse {
        try RegistrableLocation.refuseReadonly(runtime.current.settings)
        let id = try request.parameter("id")
        guard try await roots.unregister(id, by: ChangeCause(request.principal)) else {
            throw PortalError(.notFound, "Found no location with ID \(id)")
        }
        try await catchUp()
        return PortalResponse(.noContent)
    }

    /// Pages over the registered locations, filtered by id, type and target.
    private func byQuery(_ request: PortalRequest) async throws -> PortalResponse {
        let query = try LocationsQuery(JSONBody.object(request))
        let known = request.decision == .deny ? [] : try await roots.registered()
        let all = known.filter { query.matches(Self.json($0)) }
        let rest = all.drop { location in query.after.map { location.id <= $0 } ?? false }
        let page = rest.prefix(query.limit)
        var info = JSONObject()
        if rest.count > page.count, let last = page.last { info["nextCursor"] = .string(query.cursor(after: last.id)) }
        return .json([
            "items": .array(page.map(Self.json)), "totalItems": .number(Double(all.count)), "pageInfo": .object(info),
        ])
    }
}
