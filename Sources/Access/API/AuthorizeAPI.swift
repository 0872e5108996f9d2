import EntityModel
import HTTPTypes
import PortalKit

/// `/api/permission`: what frontends and other programs ask before they offer something (upstream's
/// permission-backend).
struct AuthorizeAPI: Sendable {
    let permissions: any PermissionService
    let catalog: @Sendable () throws -> any CatalogService

    /// Each item may cost a look into the catalog.
    static let mostItems = 1_000
    /// Of all items together.
    static let mostReferences = 10_000

    var routes: [Route] {
        [
            Route(.post, "/api/permission/authorize", access: .authenticated, handler: authorize),
            Route(
                .get, "/api/permission/health", access: .open(reason: "says only that the process answers")
            ) { _ in .json(["status": "ok"]) },
        ]
    }

    private struct Item {
        let id: String
        let permission: Permission
        /// Nil for a question about no certain entity.
        let references: [String]?
        /// Whether the references came as a list, and so does the answer.
        let isList: Bool
    }

    private func authorize(_ request: PortalRequest) async throws -> PortalResponse {
        let body = try JSONBody.object(request)
        guard let values = body["items"]?.array else { throw PortalError(.input, "request/body/items must be array") }
        guard values.count <= Self.mostItems else {
            throw PortalError(.input, "request/body/items must NOT have more than \(Self.mostItems) items")
        }
        let items = try values.enumerated().map { try Self.item($1, at: "request/body/items/\($0)") }
        guard items.reduce(0, { $0 + ($1.references?.count ?? 0) }) <= Self.mostReferences else {
            throw PortalError(.input, "request/body/items must NOT name more than \(Self.mostReferences) resources")
        }
        try Self.refuseOpenQuestions(items, of: request.principal)
        var answers: [JSONValue] = []
        for item in items { answers.append(try await answer(item, for: request.principal)) }
        var response = PortalResponse.json(["items": .array(answers)])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// People may not ask for conditions, only for decisions: conditions tell what the policy is (CVE-2025-32791).
    private static func refuseOpenQuestions(_ items: [Item], of principal: Principal) throws {
        if case .service = principal { return }
        if items.contains(where: { $0.permission.resourceType != nil && $0.references == nil }) {
            throw PortalError(
                .input,
                "Resource permissions require a resourceRef to be set. "
                    + "Direct user requests without a resourceRef are not allowed.")
        }
    }

    private func answer(_ item: Item, for principal: Principal) async throws -> JSONValue {
        let decision = try await decision(item.permission, for: principal)
        guard let references = item.references else { return try openAnswer(item, decision) }
        let results: [JSONValue]
        switch decision {
        case .allow: results = references.map { _ in "ALLOW" }
        case .deny: results = references.map { _ in "DENY" }
        case .conditional(let condition):
            let matching = try await matching(references, condition)
            results = references.map { Self.canonical($0).map(matching.contains) == true ? "ALLOW" : "DENY" }
        }
        return ["id": .string(item.id), "result": item.isList ? .array(results) : results.first ?? "DENY"]
    }

    /// The answer about no certain entity: with the condition, where upstream's rules can express it. A caller that
    /// cannot be told the condition must not take it for a yes.
    private func openAnswer(_ item: Item, _ decision: AuthorizationDecision) throws -> JSONValue {
        guard case .conditional(let condition) = decision, item.permission.resourceType == Permission.entityResource,
            let criteria = try catalog().criteria(of: condition)
        else { return ["id": .string(item.id), "result": decision == .allow ? "ALLOW" : "DENY"] }
        return [
            "id": .string(item.id), "result": "CONDITIONAL", "pluginId": "catalog",
            "resourceType": .string(Permission.entityResource), "conditions": criteria,
        ]
    }

    /// A token that is restricted to other plugins is told no here, not refused.
    private func decision(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        do {
            return try await permissions.authorize(permission, for: principal)
        } catch let error as PortalError where error.kind == .notAllowed {
            return .deny
        }
    }

    /// Which of the references name an entity that matches; one question to the catalog, however many there are.
    private func matching(_ references: [String], _ condition: EntityPredicate) async throws -> Set<String> {
        let parsed = Set(references.compactMap { try? EntityReference(parsing: $0) })
        if parsed.isEmpty { return [] }
        let groups = Dictionary(grouping: parsed) { [$0.kind.lowercased(), $0.namespace.lowercased()] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { group, members in
                EntityPredicate.all([
                    .oneOf(key: "kind", values: [group[0]]), .oneOf(key: "metadata.namespace", values: [group[1]]),
                    .oneOf(key: "metadata.name", values: members.map { $0.name.lowercased() }.sorted()),
                ])
            }
        let found = try await catalog().entities(
            .all([.any(groups), condition]), limit: parsed.count, as: .service(AccessParts.servicePrincipal))
        return Set(found.map(\.reference.description))
    }

    private static func canonical(_ reference: String) -> String? {
        (try? EntityReference(parsing: reference))?.description
    }

    private static func item(_ value: JSONValue, at path: String) throws -> Item {
        guard let id = value["id"]?.string else { throw PortalError(.input, "\(path)/id must be string") }
        guard let permission = value["permission"], let name = permission["name"]?.string, !name.isEmpty else {
            throw PortalError(.input, "\(path)/permission/name must be string")
        }
        let type = permission["type"]?.string
        let resourceType = permission["resourceType"]?.string
        guard type == "basic" || type == "resource" && resourceType != nil else {
            throw PortalError(.input, "\(path)/permission must be a basic permission or one with a resourceType")
        }
        guard let attributes = permission["attributes"], attributes.object != nil else {
            throw PortalError(.input, "\(path)/permission/attributes must be object")
        }
        let action = try Self.action(attributes["action"], at: path)
        let (references, isList) = try Self.references(value["resourceRef"], at: path)
        return Item(
            id: id, permission: Permission(name, action, on: type == "resource" ? resourceType : nil),
            references: references, isList: isList)
    }

    private static func action(_ value: JSONValue?, at path: String) throws -> Permission.Action {
        guard let value else { return .use }
        // Upstream knows four; a permission with none of them is one of ours for use.
        guard let action = value.string.flatMap(Permission.Action.init), action != .use else {
            throw PortalError(.input, "\(path)/permission/attributes/action must be create, read, update or delete")
        }
        return action
    }

    private static func references(_ value: JSONValue?, at path: String) throws -> ([String]?, Bool) {
        switch value {
        case nil: return (nil, false)
        case .string(let one): return ([one], false)
        case .array(let list) where !list.isEmpty && list.count <= mostItems:
            let references = list.compactMap(\.string)
            if references.count == list.count { return (references, true) }
        default: break
        }
        throw PortalError(.input, "\(path)/resourceRef must be string or a non-empty array of strings")
    }
}
