import EntityModel
import PortalKit

/// What leads to nothing in the catalog's part of the configuration: locations that cannot be read, kinds that are not.
struct CatalogAdvice: Sendable {
    let config: PluginConfig
    let settings: CatalogSettings
    let files: any Workspace
    /// Those of plugins; the built-in ones are known.
    let readers: [LocationReader]

    private static let builtInTypes = ["file", "url"]

    func found() async throws -> [PortalError] {
        var found: [PortalError] = []
        for node in try config.node("catalog.locations").items() ?? [] {
            let location = LocationReference(
                type: try node["type"].text() ?? "url", target: try node["target"].requiredText())
            if let problem = await problem(location, node) { found.append(problem) }
            for rule in try node["rules"].items() ?? [] { found += try unknownKinds(rule) }
        }
        found += try (config.node("backend.reading.allow").items() ?? []).compactMap { try wrongHost($0["host"]) }
        for rule in try config.node("catalog.rules").items() ?? [] { found += try unknownKinds(rule) }
        return found
    }

    private func problem(_ location: LocationReference, _ node: ConfigNode) async -> PortalError? {
        let target = URLReference.shown(location.target)
        switch location.type {
        case "file":
            if location.target.contains("://") {
                return node["target"].mistake("is '\(target)', which is no path; its type must be url")
            }
            return await missing(location.target, node["target"])
        case "url":
            if readers.contains(where: { $0.handles(location) }) { return nil }
            if let url = URLReference.parse(location.target) { return unreadable(url, target, node["target"]) }
            return node["target"].mistake("is '\(target)', which \(URLReference.refusal(of: location.target))")
        default:
            if readers.contains(where: { $0.handles(location) }) { return nil }
            return node["type"].mistake(
                "is '\(location.type)', which nothing here reads; use file or url", near: location.type,
                among: Self.builtInTypes)
        }
    }

    /// What a request would be refused for, without one.
    private func unreadable(_ url: URLReference.Parts, _ target: String, _ node: ConfigNode) -> PortalError? {
        if let page = SourceHostPage(url) {
            return node.mistake("is '\(target)', which is no file. \(page.mend.dropLast())")
        }
        guard settings.allowsReading(url) else {
            return node.mistake(
                "is '\(target)', which may not be read; add `host: \(url.host)` to backend.reading.allow")
        }
        guard GlobPattern.isPattern(url.path) else { return nil }
        return node.mistake("is '\(target)', a pattern, which a plain web server cannot search; name each file")
    }

    /// A host that no URL can have.
    private func wrongHost(_ node: ConfigNode) throws -> PortalError? {
        guard let text = try node.text() else { return nil }
        if text == "*" {
            return node.mistake("is '*', which is no host; name each, or '*.example.org' for all below one")
        }
        guard text.contains("/") else { return nil }
        let url = URLReference.parse(text.contains("://") ? text : "https://\(text)")
        let mend = url.map { "write \($0.host)" } ?? "write the host alone"
        return node.mistake("is '\(URLReference.shown(text))', which is no host; \(mend), and what follows it in paths")
    }

    private func missing(_ target: String, _ node: ConfigNode) async -> PortalError? {
        let tried = Set([config.folder, "\(config.folder)/packages/backend"].map { FilePath.joined($0, target) })
            .sorted()
        for path in tried where await isFolder(path) {
            let inside = "\(target)\(target.hasSuffix("/") ? "" : "/")**/catalog-info.yaml"
            return node.mistake("is '\(target)', a folder; name a file in it, or a pattern such as \(inside)")
        }
        for path in tried where await exists(path) { return nil }
        let what = GlobPattern.isPattern(target) ? "matches no file" : "does not exist"
        return node.mistake("is '\(target)', which \(what); looked for at \(tried.joined(separator: " and "))")
    }

    private func isFolder(_ path: String) async -> Bool {
        if GlobPattern.isPattern(path) { return false }
        do { return try await !files.list("**", beneath: path, maximumCount: 1).isEmpty } catch {
            return (error as? PortalError)?.kind == .tooLarge
        }
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

    private func unknownKinds(_ rule: ConfigNode) throws -> [PortalError] {
        let kinds = EntityKind.builtIn.map(\.name)
        return try (rule["allow"].items() ?? []).compactMap { item in
            let node = item.value?.object == nil ? item : item["kind"]
            guard let kind = try node.text(), !kinds.contains(where: { $0.lowercased() == kind.lowercased() }) else {
                return nil
            }
            return node.mistake(
                "is '\(kind)', a kind that this portal does not have; there are \(kinds.joined(separator: ", "))",
                near: kind, among: kinds)
        }
    }
}
