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

    /// The values that several owners have under one name, read at once; nil where there is none.
    func values(_ name: SettingName, of owners: [SettingsOwner]) async throws -> [JSONValue?]

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
    /// A session, where many people share one user; by text that tells sessions apart and opens none. It is that of a
    /// browser, or of a program that asked for a guest's token: the tokens that follow it stay in its session.
    case session(String)
    /// All who are in a group, by its reference. Who may be told and change it says `UserPrincipal.settingsOwner(of:)`,
    /// and nobody else makes one for a request.
    case group(String)

    /// A session ends after this time at the latest, and what it kept is of no use to anybody.
    public static let longestSessionSeconds = 30.0 * 86_400
}

extension UserSettingsService {
    public func values(_ name: SettingName, of owners: [SettingsOwner]) async throws -> [JSONValue?] {
        var values: [JSONValue?] = []
        for owner in owners { values.append(try await value(name, of: owner)) }
        return values
    }
}

extension UserPrincipal {
    /// Whoever is in more groups shares settings with the first of them.
    private static let mostGroups = 100

    /// The groups whose settings the person reads and changes as everybody in them does.
    public var settingsGroups: [EntityReference] {
        let groups = ownershipEntityRefs.compactMap { try? EntityReference(parsing: $0) }
            .filter { $0.kind.lowercased() == "group" && $0.description != userEntityRef }
        return Array(Set(groups).sorted { $0.description < $1.description }.prefix(Self.mostGroups))
    }

    /// Where the settings of these groups are, in their order.
    public var settingsOwnersOfGroups: [SettingsOwner] { settingsGroups.map { .group($0.description) } }

    /// Where the settings of a group are.
    /// - Throws: `PortalError` of kind `notAllowed` for who is not in it.
    public func settingsOwner(of group: EntityReference) throws -> SettingsOwner {
        guard settingsGroups.contains(group) else {
            throw PortalError(.notAllowed, "Only those in \(group) may see or change what it keeps")
        }
        return .group(group.description)
    }
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
