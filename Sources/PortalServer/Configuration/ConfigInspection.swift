public import EntityModel
public import PortalKit

/// What the `config` command asks of the server: its checks, and the configuration without its secrets.
public enum ConfigInspection {
    /// Every key that the server or a plugin reads.
    public static func keys(_ plugins: [any Plugin.Type]) -> [ConfigKey] {
        ServerSettings.keys + plugins.flatMap { $0.configKeys }
    }

    /// What to call to be told all of a configuration, for a shell.
    static func command(_ configPaths: [String]) -> String {
        (["callboard config check"] + configPaths.map { "--config \(quoted($0))" }).joined(separator: " ")
    }

    private static func quoted(_ path: String) -> String {
        if path.wholeMatch(of: /[A-Za-z0-9_.\/+,@%:=-]+/) != nil { return path }
        return "'\(path.replacing("'", with: #"'\''"#))'"
    }

    /// Lines for people, and whether the portal would start.
    /// - Throws: `PortalError` of kind `input` for files that cannot be read.
    public static func check(
        _ plugins: [any Plugin.Type], configPaths: [String]
    ) async throws -> (lines: [String], isUsable: Bool, isClean: Bool) {
        let loaded = try ConfigFiles.loadLeniently(configPaths)
        var check = ConfigCheck(loaded.config, keys: keys(plugins), mistakes: loaded.mistakes)
        try await check.checkPlugins(plugins)
        let isClean = check.findings.allSatisfy { $0.severity == .unused }
        return (check.findings.map { "\($0.severity.rawValue): \($0.message)" }, !check.hasErrors, isClean)
    }

    /// The merged configuration without its secrets: as one value, and value by value with origins; and what could not
    /// be included.
    public static func printable(
        _ plugins: [any Plugin.Type], configPaths: [String]
    ) throws -> (root: JSONValue, lines: [String], mistakes: [String]) {
        let loaded = try ConfigFiles.loadLeniently(configPaths)
        let printed = ConfigPrint(loaded.config, keys: keys(plugins))
        return (printed.root, printed.lines, loaded.mistakes.map(\.message))
    }

    /// The reference of all keys, as Markdown.
    public static func docs(_ plugins: [any Plugin.Type]) -> String { ConfigDocs.markdown(keys(plugins)) }
}
