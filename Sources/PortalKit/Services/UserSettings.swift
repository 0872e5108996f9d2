public import EntityModel

/// What people keep for themselves, as upstream's user settings: a JSON value for each bucket and key of an owner.
///
/// Reads ask the database, so all replicas agree at once. Where it does not answer they throw its `DatabaseError`, which
/// people are told as what it is.
public protocol UserSettingsService: Sendable {
    /// The value, or nil where there is none.
    /// - Throws: `PortalError` of kind `input` for a name that nothing can have.
    func value(_ name: SettingName, of owner: SettingsOwner) async throws -> JSONValue?

    /// The values in the order of their names, read at once; nil where there is none.
    func values(_ names: [SettingName], of owner: SettingsOwner) async throws -> [JSONValue?]

    /// Writes a value in place of the one before.
    /// - Throws: `PortalError`: `input` for a name that nothing can have or where the owner would keep too much,
    ///   `tooLarge` for a value that is too large alone.
    func write(_ value: JSONValue, as name: SettingName, of owner: SettingsOwner) async throws

    /// Removes a value; nothing happens where there is none.
    func remove(_ name: SettingName, of owner: SettingsOwner) async throws

    /// Everything that an owner keeps, by bucket and key.
    func all(of owner: SettingsOwner) async throws -> [(name: SettingName, value: JSONValue)]

    /// Removes everything that an owner keeps.
    func removeAll(of owner: SettingsOwner) async throws

    /// Reads and writes in one transaction: of changes at the same time none is lost.
    /// - Parameter change: the new value by the one before, nil for none. It may run more than once, and what it throws
    ///   leaves everything as it was.
    /// - Returns: the value as it is now.
    @discardableResult
    func update(
        _ name: SettingName, of owner: SettingsOwner, _ change: @escaping @Sendable (JSONValue?) throws -> JSONValue?
    ) async throws -> JSONValue?
}

/// Where a setting is among those of its owner.
public struct SettingName: Sendable, Hashable {
    public let bucket: String
    public let key: String

    public init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }
}

/// Whose settings they are.
public enum SettingsOwner: Sendable, Hashable {
    /// A person, by the reference of the user.
    case user(String)
    /// A browser's session, where many people share one user; by text that tells sessions apart and opens none.
    case session(String)

    /// A session ends after this time at the latest, and what it kept is of no use to anybody.
    public static let longestSessionSeconds = 30.0 * 86_400
}

extension Principal {
    /// The person whose settings a request is about.
    /// - Throws: `PortalError` as upstream: `notAllowed` for programs, `authentication` for nobody.
    public var settingsUser: UserPrincipal {
        get throws {
            switch self {
            case .user(let user): return user
            case .none: throw PortalError(.authentication, "Missing credentials")
            case .service:
                throw PortalError(
                    .notAllowed,
                    "This endpoint does not allow 'service' credentials: people have settings, programs have none")
            }
        }
    }
}
