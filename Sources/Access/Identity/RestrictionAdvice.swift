import PortalKit

/// Finds restrictions of tokens that can never hold: to plugins and permissions that this portal does not have. The
/// portal starts with them, because a configuration may be made for a later version or a plugin that is off.
struct RestrictionAdvice: Sendable {
    /// `backend.auth.externalAccess`
    let entries: ConfigNode

    func find(_ registry: PluginRegistry) throws -> [PortalError] {
        let known = Self.known(registry)
        var found: [PortalError] = []
        for entry in try entries.items() ?? [] {
            for restriction in try entry["accessRestrictions"].items() ?? [] {
                let name = try restriction["plugin"].requiredText()
                guard let permissions = known[name] else {
                    found.append(Self.unknown(restriction["plugin"], "plugin", name, among: Set(known.keys)))
                    continue
                }
                for permission in try restriction["permission"].words() ?? [] where !permissions.contains(permission) {
                    found.append(Self.unknown(restriction["permission"], "permission", permission, among: permissions))
                }
            }
        }
        return found
    }

    /// The permissions that there are, by plugin.
    private static func known(_ registry: PluginRegistry) -> [String: Set<String>] {
        let routes = registry.all(APIRoutes.self).flatMap(\.routes)
        let asked = (routes.map(\.access) + registry.all(Page.self).map(\.access)).compactMap { access in
            if case .permission(let permission) = access { permission } else { nil }
        }
        // Of routes that need no permission of a name.
        let plugins = routes.compactMap { route in
            let segments = route.path.split(separator: "/")
            return segments.count > 1 && segments[0] == "api" ? String(segments[1]) : nil
        }
        let signedIn = Set(plugins + ["callboard"]).map { Permission.signedIn(to: $0) }
        return Dictionary(grouping: registry.all(Permission.self) + asked + signedIn, by: LivePermissions.plugin)
            .mapValues { Set($0.map(\.name)) }
    }

    private static func unknown(_ node: ConfigNode, _ what: String, _ name: String, among known: Set<String>)
        -> PortalError
    {
        node.mistake(
            "names the \(what) '\(name)', which this portal does not have; it has "
                + known.sorted().joined(separator: ", "), near: name, among: known)
    }
}
