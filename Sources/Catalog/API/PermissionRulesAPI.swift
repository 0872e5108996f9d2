import EntityModel
import HTTPTypes
import PortalKit

/// What a permission backend asks of the plugin that owns the entities: its rules, and whether they hold.
struct PermissionRulesAPI: Sendable {
    private static let most = 1_000

    let index: PublishedIndex

    var routes: [Route] {
        let folder = "/api/catalog/.well-known/backstage/permissions"
        return [
            Route(.get, "\(folder)/metadata", access: .authenticated) { _ in
                .json(Self.metadata)
            },
            // Whoever asks is told nothing of entities that they may not read.
            Route(
                .post, "\(folder)/apply-conditions", access: .permission(CatalogPermissions.entityRead),
                handler: applyConditions),
        ]
    }

    private static var metadata: JSONValue {
        [
            "permissions": .array(CatalogPermissions.all.map(json)),
            "rules": .array(
                EntityPermissionRule.all.map { rule in
                    [
                        "name": .string(rule.name), "description": .string(rule.summary),
                        "resourceType": .string(PermissionCriteria.resourceType), "paramsSchema": rule.parameters,
                    ]
                }),
        ]
    }

    private static func json(_ permission: Permission) -> JSONValue {
        var object: JSONObject = [
            "type": permission.resourceType == nil ? "basic" : "resource", "name": .string(permission.name),
            "attributes": permission.action == .use ? [:] : ["action": .string(permission.action.rawValue)],
        ]
        if let type = permission.resourceType { object["resourceType"] = .string(type) }
        return .object(object)
    }

    private struct Item {
        let id: String
        let references: [String]
        /// Whether the references came as a list, and so does the answer.
        let isList: Bool
        let resourceType: String
        let conditions: JSONValue
    }

    private func applyConditions(_ request: PortalRequest) async throws -> PortalResponse {
        let body = try JSONBody.object(request)
        try JSONBody.refuseOthers(in: body, than: ["items"])
        guard let values = body["items"]?.array, values.count <= Self.most else {
            throw PortalError(.input, "request/body/items must be an array of at most \(Self.most) items")
        }
        let items = try values.enumerated().map { try Self.item($1, at: "request/body/items/\($0)") }
        let others = items.map(\.resourceType).filter { $0 != PermissionCriteria.resourceType }
        guard others.isEmpty else {
            let names = Set(others).sorted().joined(separator: ", ")
            throw PortalError(.input, "Unexpected resource types: \(names).")
        }
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let answers = try items.map { item -> JSONValue in
            let matches = catalog.matches(try PermissionCriteria.predicate(item.conditions))
            let results = item.references.map { reference -> JSONValue in
                let known = (try? EntityReference(parsing: reference)).flatMap {
                    catalog.slot(reference: $0.description)
                }
                return known.map(matches.contains) == true ? "ALLOW" : "DENY"
            }
            return ["id": .string(item.id), "result": item.isList ? .array(results) : results.first ?? "DENY"]
        }
        var response = PortalResponse.json(["items": .array(answers)])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func item(_ value: JSONValue, at path: String) throws -> Item {
        guard let id = value["id"]?.string else { throw PortalError(.input, "\(path)/id must be string") }
        guard let type = value["resourceType"]?.string else {
            throw PortalError(.input, "\(path)/resourceType must be string")
        }
        guard let conditions = value["conditions"] else {
            throw PortalError(.input, "\(path) must have required property 'conditions'")
        }
        if let reference = value["resourceRef"]?.string {
            return Item(id: id, references: [reference], isList: false, resourceType: type, conditions: conditions)
        }
        let references = value["resourceRef"]?.array ?? []
        let texts = references.compactMap(\.string)
        guard !texts.isEmpty, texts.count == references.count, texts.count <= most else {
            throw PortalError(.input, "\(path)/resourceRef must be string or a non-empty array of strings")
        }
        return Item(id: id, references: texts, isList: true, resourceType: type, conditions: conditions)
    }
}
