import EntityModel
import HTTPTypes
import PortalKit
import Testing

@testable import PortalServer

/// Knows one token for each kind of caller.
struct TokenIdentity: IdentityService {
    func principal(of headers: HTTPFields) async throws -> Principal {
        switch headers[.authorization] {
        case nil: .none
        case "Bearer user": .user(UserPrincipal(userEntityRef: "user:default/a", ownershipEntityRefs: []))
        case "Bearer service": .service(ServicePrincipal(subject: "ci"))
        default: throw PortalError(.authentication, "Illegal token")
        }
    }
}

/// Denies nobody but whoever has not signed in, and one permission to all.
struct FixedPermissions: PermissionService {
    let policyVersion = "1"
    static let forbidden = Permission("test.forbidden", .update)
    static let hidden = Permission("test.hidden", .read, on: "catalog-entity")

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        principal == .none || permission == Self.forbidden || permission == Self.hidden ? .deny : .allow
    }
}

/// Gives a condition on entities, whatever it is asked.
struct ConditionalPermissions: PermissionService {
    let policyVersion = "1"

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        .conditional(.exists(key: "metadata.name"))
    }
}

@Suite struct GateTests {
    private let gate = Gate(identity: TokenIdentity(), permissions: FixedPermissions())

    private func admit(_ token: String?, _ access: Route.Access) async throws -> (Principal, AuthorizationDecision) {
        var headers = HTTPFields()
        headers[.authorization] = token
        return try await gate.admit(headers, to: Route(.get, "/", access: access) { _ in .text("") })
    }

    private func kind(_ token: String?, _ access: Route.Access) async -> PortalError.Kind? {
        do {
            _ = try await admit(token, access)
            return nil
        } catch { return (error as? PortalError)?.kind }
    }

    @Test("without credentials nothing but open routes is reached")
    func anonymous() async {
        #expect(await kind(nil, .authenticated) == .authentication)
        #expect(await kind(nil, .permission(Permission("test.read", .read))) == .authentication)
        #expect(await kind(nil, .permission(FixedPermissions.hidden)) == .authentication)
        #expect(await kind(nil, .open(reason: "test")) == nil)
    }

    @Test("wrong credentials are refused, but do not close open routes")
    func wrongCredentials() async {
        #expect(await kind("Bearer forged", .authenticated) == .authentication)
        #expect(await kind("Bearer forged", .permission(Permission("test.read", .read))) == .authentication)
        #expect(await kind("Bearer forged", .open(reason: "test")) == nil)
    }

    @Test("a denial refuses, but for reading entities it hides them")
    func denial() async throws {
        #expect(await kind("Bearer user", .permission(FixedPermissions.forbidden)) == .notAllowed)
        let (_, decision) = try await admit("Bearer user", .permission(FixedPermissions.hidden))
        #expect(decision == .deny)
        let (principal, allowed) = try await admit("Bearer service", .permission(Permission("test.read", .read)))
        #expect(principal == .service(ServicePrincipal(subject: "ci")))
        #expect(allowed == .allow)
    }

    @Test("a condition opens nothing that it cannot be held against")
    func conditions() async throws {
        let gate = Gate(identity: TokenIdentity(), permissions: ConditionalPermissions())
        func admit(_ access: Route.Access) async throws -> AuthorizationDecision {
            try await gate.admit(
                [.authorization: "Bearer user"], to: Route(.get, "/", access: access) { _ in .text("") }
            ).1
        }
        await #expect(throws: PortalError.self) { try await admit(.authenticated) }
        await #expect(throws: PortalError.self) { try await admit(.permission(Permission("test.create", .create))) }
        let entities = Permission("test.delete", .delete, on: Permission.entityResource)
        #expect(try await admit(.permission(entities)) == .conditional(.exists(key: "metadata.name")))
    }
}
