import EntityModel
import PortalKit

/// Which groups somebody is in, by the catalog as it is.
struct Membership: Sendable {
    /// Who is told by the configuration while the catalog does not have them: the guest.
    let configured: UserPrincipal?
    /// A user's entity, if the catalog has it.
    let catalogUser: @Sendable (EntityReference) async throws -> Entity?

    /// Who somebody is now: by the catalog's user where there is one, else as configured, else nobody but themselves:
    /// who has left the catalog has left its groups.
    /// - Parameter user: as they are where the catalog cannot be asked.
    func now(_ user: UserPrincipal) async -> UserPrincipal {
        guard let reference = try? EntityReference(parsing: user.userEntityRef) else { return user }
        let entity: Entity?
        do { entity = try await catalogUser(reference) } catch { return user }
        guard let entity else {
            if let configured, configured.userEntityRef == user.userEntityRef { return configured }
            return UserPrincipal(userEntityRef: user.userEntityRef, ownershipEntityRefs: [user.userEntityRef])
        }
        return UserPrincipal(
            userEntityRef: user.userEntityRef, ownershipEntityRefs: Self.ownership(of: entity, as: user.userEntityRef))
    }

    /// Itself and the groups it is a direct member of, as upstream's default.
    private static func ownership(of entity: Entity, as reference: String) -> [String] {
        var references = [reference]
        for relation in entity.object["relations"]?.array ?? [] where relation["type"] == "memberOf" {
            guard let target = relation["targetRef"]?.string, target.hasPrefix("group:") else { continue }
            if !references.contains(target) { references.append(target) }
        }
        return references
    }
}
