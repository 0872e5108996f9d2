/// All contributions of all plugins, by type; made once, at boot.
public struct PluginRegistry: Sendable {
    /// The plugins that are on, in order.
    public let plugins: [any Plugin]
    private let byType: [ObjectIdentifier: [any Contribution]]

    public init(_ plugins: [any Plugin]) {
        self.plugins = plugins
        var byType: [ObjectIdentifier: [any Contribution]] = [:]
        for plugin in plugins {
            for contribution in plugin.contributions {
                byType[ObjectIdentifier(type(of: contribution as Any)), default: []].append(contribution)
            }
        }
        self.byType = byType
    }

    /// Every contribution of one extension point, in plugin order.
    public func all<Point: Contribution>(_ point: Point.Type) -> [Point] {
        (byType[ObjectIdentifier(point)] ?? []).compactMap { $0 as? Point }
    }
}
