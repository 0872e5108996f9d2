import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `/locations`: registering places to read entities from.
struct LocationsAPI: Sendable {
    let roots: RootStore
    let index: PublishedIndex
    let runtime: ServiceHandle<IngestionRuntime>
    let catchUp: @Sendable () async throws -> Void

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.locationRead)
        return [
            Route(.get, "/api/catalog/locations", access: read, handler: list),
            Route(
                .post, "/api/catalog/locations", access: .permission(CatalogPermissions.locationCreate), handler: create
            ),
            Route(.post, "/api/catalog/locations/by-query", access: read, handler: byQuery),
            Route(.get, "/api/catalog/locations/{id}", access: read, handler: one),
            Route(
                .delete, "/api/catalog/locations/{id}", access: .permission(CatalogPermissions.locationDelete),
                handler: delete),
            Route(
                .get, "/api/catalog/locations/by-entity/{kind}/{namespace}/{name}", access: read, handler: byEntity),
        ]
    }

    private static func json(_ location: RootStore.Registered) -> JSONValue {
        [
            "id": .string(location.id), "type": .string(location.location.type),
            "target": .string(location.location.target),
        ]
    }

    private func list(_ request: PortalRequest) async throws -> PortalResponse {
        .json(.array(try await roots.registered().map { ["data": Self.json($0)] }))
    }

    private func one(_ request: PortalRequest) async throws -> PortalResponse {
        let id = try request.parameter("id")
        guard let location = try await roots.registered(id) else {
            throw PortalError(.notFound, "Found no location with ID \(id)")
        }
        return .json(Self.json(location))
    }

    private func byEntity(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
        let index = index.current
        let origin = index.slot(reference: reference.description).flatMap {
            Entity(index.object(of: $0)).annotation("backstage.io/managed-by-origin-location")
        }
        guard let found = try await roots.registered().first(where: { $0.location.description == origin }) else {
            throw PortalError(.notFound, "found no location for entity \(reference)")
        }
        return .json(Self.json(found))
    }

    private func create(_ request: PortalRequest) async throws -> PortalResponse {
        let location = try self.location(in: JSONBody.object(request))
        let runtime = try runtime.service
        if Self.isYes(request.query["dryRun"]) { return .json(try await dryRun(location, runtime), status: .created) }
        try refuseReadonly(runtime)
        let registered = try await roots.register(location)
        return .json(["location": Self.json(registered), "entities": []], status: .created)
    }

    private func location(in body: JSONValue) throws -> LocationReference {
        for key in body.object?.keys ?? [] where !["type", "target", "presence"].contains(key) {
            throw PortalError(.input, "Malformed request: Unrecognized key(s) in object: '\(key)'")
        }
        guard let type = body["type"]?.string, let target = body["target"]?.string, !target.isEmpty else {
            throw PortalError(.input, "Malformed request: type and target must be strings")
        }
        let allowed = try runtime.service.settings.registrableTypes
        guard allowed.contains(type) else {
            throw PortalError(
                .input, "Registered locations must be of an allowed type (\(allowed.sorted().joined(separator: ", ")))")
        }
        guard let url = URLReference.parse(target) else {
            throw PortalError(.input, "The target \(target) is no http or https URL")
        }
        let location = LocationReference(type: type, target: url.text)
        guard location.description.utf8.count <= LocationReading.longestLocation else {
            throw PortalError(.input, "The target is longer than \(LocationReading.longestLocation) bytes")
        }
        return location
    }

    private static func isYes(_ text: String?) -> Bool { ["true", "yes", "y", "1"].contains(text?.lowercased()) }

    private func refuseReadonly(_ runtime: IngestionRuntime) throws {
        if runtime.settings.isReadonly {
            throw PortalError(.notAllowed, "This operation not allowed in readonly mode")
        }
    }

    private static let mostDrySources = 200

    /// Reads the location and everything that it leads to, and stores nothing.
    private func dryRun(_ location: LocationReference, _ runtime: IngestionRuntime) async throws -> JSONValue {
        var waiting = [(location, isRoot: true)]
        var seen: Set<LocationReference> = [location]
        var entities: [JSONValue] = []
        var references: Set<String> = []
        while let (next, isRoot) = waiting.popLast() {
            guard seen.count <= Self.mostDrySources else {
                throw PortalError(.input, "\(location) leads to more than \(Self.mostDrySources) locations")
            }
            let source = ClaimedSource(
                id: 0, location: next, origin: location, isOptional: false, isRoot: isRoot, etag: nil, inputHash: nil,
                token: 0, requests: 0, locationEntities: [])
            let result = try await read(source, runtime)
            for entity in result.entities {
                guard references.insert(entity.reference).inserted else {
                    throw PortalError(.input, "Duplicate nested entity: \(entity.reference)")
                }
                entities.append((try? JSONParser.parse(entity.content.body)) ?? .null)
            }
            for child in result.children where seen.insert(child.location).inserted {
                waiting.append((child.location, isRoot: false))
            }
        }
        let exists = try await roots.registered().contains { $0.location == location }
        return [
            "exists": .bool(exists), "entities": .array(entities),
            "location": [
                "type": .string(location.type), "target": .string(location.target), "id": .string(location.description),
            ],
        ]
    }

    private func read(_ source: ClaimedSource, _ runtime: IngestionRuntime) async throws -> ProcessedSource {
        switch await runtime.processor.process(source) {
        case .unchanged: return ProcessedSource()
        case .failed(let problem): throw PortalError(.input, "\(problem.name): \(problem.message)")
        case .read(let result):
            if result.refused.isEmpty { return result }
            throw PortalError(
                .input, result.refused.map { "\($0.problem.name): \($0.problem.message)" }.joined(separator: "; "))
        }
    }

    private func delete(_ request: PortalRequest) async throws -> PortalResponse {
        try refuseReadonly(runtime.service)
        let id = try request.parameter("id")
        guard try await roots.unregister(id) else { throw PortalError(.notFound, "Found no location with ID \(id)") }
        try await catchUp()
        return PortalResponse(.noContent)
    }

    private static let largestPage = 1_000

    /// Pages over the registered locations, filtered by type and target.
    private func byQuery(_ request: PortalRequest) async throws -> PortalResponse {
        let query = try LocationsQuery(JSONBody.object(request))
        let all = try await roots.registered().filter { query.matches(Self.json($0)) }
        let rest = all.drop { location in query.after.map { location.id <= $0 } ?? false }
        let page = rest.prefix(query.limit)
        var info = JSONObject()
        if rest.count > page.count, let last = page.last { info["nextCursor"] = .string(query.cursor(after: last.id)) }
        return .json([
            "items": .array(page.map(Self.json)), "totalItems": .number(Double(all.count)), "pageInfo": .object(info),
        ])
    }
}

/// The body of `POST /locations/by-query`.
private struct LocationsQuery {
    var limit = 1_000
    var after: String?
    var query: JSONValue?

    init(_ body: JSONValue) throws {
        var source = body
        if let cursor = body["cursor"] {
            guard let text = cursor.string, !text.isEmpty else { throw PortalError(.input, "Cursor cannot be empty") }
            guard let data = Data(base64Encoded: text), let value = try? JSONParser.parse(Array(data)),
                value.object != nil
            else { throw PortalError(.input, "Malformed cursor, unknown encoding") }
            source = value
            after = value["afterId"]?.string
        }
        query = source["query"]
        guard let number = source["limit"] else { return }
        guard let value = number.number, value >= 1, value == value.rounded(), value < 1e6 else {
            throw PortalError(.input, "Limit must be a positive integer >= 1")
        }
        limit = min(limit, Int(value))
        if let query, query.object == nil { throw PortalError(.input, "Query must be an object") }
    }

    func matches(_ location: JSONValue) -> Bool {
        (query?.object?.members ?? []).allSatisfy { key, wanted in
            let values = wanted["$in"]?.array ?? [wanted]
            return values.contains { $0.string?.lowercased() == location[key]?.string?.lowercased() }
        }
    }

    func cursor(after id: String) -> String {
        var cursor: JSONObject = ["limit": .number(Double(limit)), "afterId": .string(id)]
        if let query { cursor["query"] = query }
        return Data(JSONWriter.bytes(.object(cursor))).base64EncodedString()
    }
}
