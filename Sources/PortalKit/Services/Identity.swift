public import HTTPTypes

/// Who a request acts for.
public enum Principal: Sendable, Hashable {
    case none
    case user(UserPrincipal)
    case service(ServicePrincipal)
}

/// A signed-in person.
public struct UserPrincipal: Sendable, Hashable {
    /// Canonical reference of the user entity, which need not exist.
    public let userEntityRef: String
    /// References whose ownership counts as the user's: itself and its groups.
    public let ownershipEntityRefs: [String]
    /// Whose settings the person reads and changes: the user's own, but where many people share the user.
    public let settingsOwner: SettingsOwner

    /// - Parameter settingsOwner: the user where it is nil.
    public init(userEntityRef: String, ownershipEntityRefs: [String], settingsOwner: SettingsOwner? = nil) {
        self.userEntityRef = userEntityRef
        self.ownershipEntityRefs = ownershipEntityRefs
        self.settingsOwner = settingsOwner ?? .user(userEntityRef)
    }
}

/// A program that calls with a token of `backend.auth.externalAccess`.
public struct ServicePrincipal: Sendable, Hashable {
    public let subject: String
    /// What the token is limited to; nil means unlimited.
    public let restrictions: [AccessRestriction]?

    public init(subject: String, restrictions: [AccessRestriction]? = nil) {
        self.subject = subject
        self.restrictions = restrictions
    }
}

/// One entry of `accessRestrictions`: a plugin, and within it permissions or actions.
public struct AccessRestriction: Sendable, Hashable {
    public let plugin: String
    public let permissions: [String]
    public let actions: [String]

    public init(plugin: String, permissions: [String] = [], actions: [String] = []) {
        self.plugin = plugin
        self.permissions = permissions
        self.actions = actions
    }
}

/// Tells who a request acts for; provided by the Access feature.
public protocol IdentityService: Sendable {
    /// Reads the bearer token or the session cookie.
    /// - Returns: `.none` when the request carries neither.
    /// - Throws: `PortalError` of kind `authentication` for credentials that are wrong or expired.
    func principal(of headers: HTTPFields) async throws -> Principal
}
