/// The configuration as one plugin sees it: the keys that it declares, and nothing else.
public struct PluginConfig: Sendable {
    private let plugin: String
    private let keys: [ConfigKey]
    private let config: AppConfig

    public init(_ config: AppConfig, keys: [ConfigKey], plugin: String) {
        self.config = config
        self.keys = keys
        self.plugin = plugin
    }

    /// The folder of the first configuration file, absolute: what relative paths start from.
    public var folder: String { config.folder }

    /// The value at a path.
    /// - Throws: `PortalError` of kind `internal` where the plugin has not declared the key.
    public func node(_ path: String) throws -> ConfigNode {
        let parts = ConfigPath.parts(path)
        guard keys.contains(where: { $0.covers(parts) || $0.isBelow(parts) }) else {
            throw PortalError(.internal, "The plugin \(plugin) reads \(path), which it does not declare.")
        }
        return config.node(path)
    }
}
