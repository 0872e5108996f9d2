import EntityModel

/// What one person has switched on of what plugins offer as `FeatureFlag`.
public struct FeatureFlags: Sendable {
    static let bucket = "featureFlags"

    private let settings: any UserSettingsService
    private let owner: SettingsOwner

    public init(_ settings: any UserSettingsService, of user: UserPrincipal) {
        self.settings = settings
        owner = user.settingsOwner
    }

    /// The setting of a flag: true where it is on.
    public static func name(_ id: String) -> SettingName { SettingName(bucket: bucket, key: id) }

    public func isOn(_ id: String) async throws -> Bool {
        try await settings.value(Self.name(id), of: owner)?.bool ?? false
    }

    /// Those of some flags that are on, read at once.
    public func on(among ids: [String]) async throws -> Set<String> {
        let values = try await settings.values(ids.map(Self.name), of: owner)
        return Set(zip(ids, values).filter { $0.1?.bool == true }.map(\.0))
    }

    /// Switches a flag; one that is off is not kept.
    public func set(_ id: String, isOn: Bool) async throws {
        if isOn {
            try await settings.write(.bool(true), as: Self.name(id), of: owner)
        } else {
            try await settings.remove(Self.name(id), of: owner)
        }
    }
}
