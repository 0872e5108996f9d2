public import EntityModel

/// The entities that somebody has starred, kept where upstream's pages look for them.
public struct Stars: Sendable {
    /// The setting that holds them: an array of references.
    public static let name = SettingName(bucket: "default.starredEntities", key: "entityRefs")
    /// How many anybody can have.
    public static let most = 1_000

    private let settings: any UserSettingsService
    private let owner: SettingsOwner

    public init(_ settings: any UserSettingsService, of user: UserPrincipal) {
        self.settings = settings
        owner = user.settingsOwner
    }

    /// What is starred, the first starred first.
    public func all() async throws -> [EntityReference] {
        Self.references(try await settings.value(Self.name, of: owner))
    }

    /// Sets or takes away one star.
    /// - Throws: `PortalError` of kind `input` where there are too many.
    public func set(_ reference: EntityReference, isStarred: Bool) async throws {
        try await set([reference], isStarred: isStarred)
    }

    /// Sets or takes away stars: all of them or, where that is too many, none.
    /// - Throws: `PortalError` of kind `input` where there are too many.
    public func set(_ references: [EntityReference], isStarred: Bool) async throws {
        if references.isEmpty { return }
        try await settings.update(Self.name, of: owner) { try Self.changed($0, references, isStarred: isStarred) }
    }

    /// The references in a value; what is none is passed over.
    public static func references(_ value: JSONValue?) -> [EntityReference] {
        texts(value).compactMap { try? EntityReference(parsing: $0) }
    }

    private static func texts(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }

    private static func changed(
        _ value: JSONValue?, _ references: [EntityReference], isStarred: Bool
    ) throws -> JSONValue? {
        var seen: Set<String> = []
        let named = references.map(\.description).filter { seen.insert($0).inserted }
        var texts = texts(value)
        let before = Set(texts.map { (try? EntityReference(parsing: $0))?.description ?? $0 })
        if isStarred {
            texts += named.filter { !before.contains($0) }
            // Whoever has more of them from elsewhere keeps them, and can add none.
            guard texts.count <= max(most, value?.array?.count ?? 0) else {
                throw PortalError(
                    .input, "Nobody can have more than \(most) stars. Take some away before you set others.")
            }
        } else {
            texts.removeAll { seen.contains((try? EntityReference(parsing: $0))?.description ?? $0) }
        }
        if value == nil, texts.isEmpty { return nil }
        return .array(texts.map(JSONValue.string))
    }
}
