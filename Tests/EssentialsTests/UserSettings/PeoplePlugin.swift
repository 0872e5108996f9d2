import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting

@testable import Essentials

/// Stands in for Access and the catalog: `Bearer ann` is the user ann and so on, `Bearer program` a program; all
/// entities are there but those named missing, and ann cannot read those named hidden.
struct PeoplePlugin: Plugin, IdentityService, PermissionService, CatalogService {
    static let id = "people"
    let policyVersion = "1"

    init?(_ environment: PluginEnvironment) throws {}

    var contributions: [any Contribution] {
        [ServiceProvider.identity(self), ServiceProvider.permissions(self), ServiceProvider.catalog(self)]
    }

    static func user(_ name: String) -> UserPrincipal {
        UserPrincipal(userEntityRef: "user:default/\(name)", ownershipEntityRefs: [])
    }

    func principal(of headers: HTTPFields) async throws -> Principal {
        guard let name = headers[.authorization]?.split(separator: " ").last else { return .none }
        return name == "program" ? .service(ServicePrincipal(subject: "program")) : .user(Self.user(String(name)))
    }

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        principal == .none ? .deny : .allow
    }

    func entity(_ reference: EntityReference, as principal: Principal) async throws -> Entity? {
        if reference.name == "missing" { return nil }
        if reference.name == "hidden", principal == .user(Self.user("ann")) { return nil }
        return Entity(["kind": .string(reference.kind), "metadata": ["name": .string(reference.name)]])
    }

    func entities(_ predicate: EntityPredicate, limit: Int, as principal: Principal) async throws -> [Entity] { [] }
}

/// A portal of settings alone, for ann and bob.
struct SettingsPortal {
    let portal: TestPortal

    static func make(clock: any PortalClock = TestClock()) async throws -> SettingsPortal {
        SettingsPortal(
            portal: try await TestPortal.make(plugins: [UserSettingsPlugin.self, PeoplePlugin.self], clock: clock))
    }

    static func path(_ bucket: String, _ key: String) -> String {
        "/api/user-settings/buckets/\(PercentCoding.encode(bucket))/keys/\(PercentCoding.encode(key))"
    }

    func send(
        _ method: HTTPRequest.Method = .get, _ target: String, json: JSONValue? = nil, as name: String? = "ann"
    ) async -> PortalResponse { await portal.send(method, target, json: json, token: name) }

    static func json(_ response: PortalResponse) -> JSONValue { (try? JSONParser.parse(response.body)) ?? .null }
    static func message(_ response: PortalResponse) -> String {
        json(response)["error"]?["message"]?.string ?? String(decoding: response.body, as: UTF8.self)
    }

    /// What somebody has starred, as the API has it.
    func stars(as name: String = "ann") async -> [String] {
        let answer = await send(.get, Self.path(Stars.name.bucket, Stars.name.key), as: name)
        return (Self.json(answer)["value"]?.array ?? []).compactMap(\.string)
    }
}
