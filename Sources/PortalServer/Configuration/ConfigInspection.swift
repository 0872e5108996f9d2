public import EntityModel
public import PortalKit

/// What the `config` command asks of the server: its checks, and the configuration without its secrets.
public enum ConfigInspection {
    /// Every key that the server or a plugin reads.
    public static func keys(_ plugins: [any Plugin.Type]) -> [ConfigKey] {
        ServerSettings.keys + plugins.flatMap { $0.configKeys }
    }

    /// Lines for people, and whether the portal would start.
    /// - Throws: `PortalError` of kind `input` for files that cannot be read.
    public static func check(
        _ plugins: [any Plugin.Type], configPaths: [String]
    ) async throws -> (lines: [String], isUsable: Bool, isClean: Bool) {
        let loaded = try ConfigFiles.load(configPaths)
        var check = ConfigCheck(loaded.config, keys: keys(plugins))
        try await check.checkPlugins(plugins, loaded.config)
        let warnings = loaded.warnings.map { ConfigCheck.Finding(severity: .warning, message: $0) }
        let findings = warnings + check.findings
        let isClean = findings.allSatisfy { $0.severity == .unused }
        return (findings.map { "\($0.severity.rawValue): \($0.message)" }, !check.hasErrors, isClean)
    }

    /// The merged configuration without its secrets: as one value, and value by value with origins.
    public static func printable(
        _ plugins: [any Plugin.Type], configPaths: [String]
    ) throws -> (root: JSONValue, lines: [String]) {
        let printed = ConfigPrint(try ConfigFiles.load(configPaths).config, keys: keys(plugins))
        return (printed.root, printed.lines)
    }

    /// The reference of all keys, as Markdown.
    public static func docs(_ plugins: [any Plugin.Type]) -> String { ConfigDocs.markdown(keys(plugins)) }
}
