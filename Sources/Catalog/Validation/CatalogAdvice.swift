import EntityModel
import PortalKit

/// What leads to nothing in the catalog's part of the configuration: locations that cannot be read, kinds that are not.
struct CatalogAdvice: Sendable {
    let config: PluginConfig
    let files: any Workspace
    /// Those of plugins; the built-in ones are known.
    let readers: [LocationReader]

    private static let builtInTypes = ["file", "url"]

    func lines() async throws -> [String] {
        let settings = try CatalogSettings(config)
        var lines: [String] = []
        for (number, entry) in settings.locations.enumerated() {
            let node = try config.node("catalog.locations[\(number)]")
            if let line = await problem(entry.location, node, settings.configFolder) { lines.append(line) }
            for rule in try node["rules"].items() ?? [] { lines += try unknownKinds(rule) }
        }
        for rule in try config.node("catalog.rules").items() ?? [] { lines += try unknownKinds(rule) }
        return lines
    }

    private func problem(_ location: LocationReference, _ node: ConfigNode, _ folder: String) async -> String? {
        guard Self.builtInTypes.contains(location.type) || readers.contains(where: { $0.handles(location) }) else {
            return node["type"].mistake("is '\(location.type)', which nothing here reads; use file or url").message
        }
        if location.type == "url", !Self.isURL(location.target) {
            return node["target"].mistake("is '\(location.target)', which is no http or https URL").message
        }
        guard location.type == "file" else { return nil }
        let tried = Set([folder, "\(folder)/packages/backend"].map { FilePath.joined($0, location.target) }).sorted()
        for path in tried where await exists(path) { return nil }
        let what = GlobPattern.isPattern(location.target) ? "matches no file" : "does not exist"
        return node["target"].mistake(
            "is '\(location.target)', which \(what); looked for at \(tried.joined(separator: " and "))"
        ).message
    }

    private static func isURL(_ target: String) -> Bool {
        ["http://", "https://"].contains { target.lowercased().hasPrefix($0) && target.utf8.count > $0.utf8.count }
            && !target.contains(where: \.isWhitespace)
    }

    private func exists(_ path: String) async -> Bool {
        let folder = FilePath.fixedFolder(of: path)
        guard let relative = FilePath.relative(path, to: folder) else { return false }
        if GlobPattern.isPattern(relative) {
            do { return try await !files.list(relative, beneath: folder, maximumCount: 1).isEmpty } catch {
                // There are more than one, or too many to look at all: nothing to warn of.
                return (error as? PortalError)?.kind == .tooLarge
            }
        }
        return (try? await files.stamp(of: relative, beneath: folder)) != nil
    }

    private func unknownKinds(_ rule: ConfigNode) throws -> [String] {
        let kinds = EntityKind.builtIn.map(\.name)
        return try (rule["allow"].items() ?? []).compactMap { item in
            let node = item.value?.object == nil ? item : item["kind"]
            guard let kind = try node.text(), !kinds.contains(where: { $0.lowercased() == kind.lowercased() }) else {
                return nil
            }
            return node.mistake(
                "is '\(kind)', a kind that this portal does not have; there are \(kinds.joined(separator: ", "))"
            ).message
        }
    }
}
