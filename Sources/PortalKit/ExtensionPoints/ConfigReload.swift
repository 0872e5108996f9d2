/// Takes over configuration that changes while the portal runs, for the keys that the plugin declares as live.
///
///     ConfigReload(plugin: Self.id) { config in try await limits.replace(Limits(config)) }
public struct ConfigReload: Contribution {
    /// The plugin whose keys it is about.
    public let plugin: String
    /// Takes the new configuration. What it throws is logged, and the portal goes on as it was: who took the new
    /// configuration over before is then given the one from before.
    public let apply: @Sendable (PluginConfig) async throws -> Void

    public init(plugin: String, apply: @escaping @Sendable (PluginConfig) async throws -> Void) {
        self.plugin = plugin
        self.apply = apply
    }
}
