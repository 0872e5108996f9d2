import EntityModel
import PortalKit

/// The reference of all configuration keys, made from their declarations.
package enum ConfigDocs {
    /// Markdown: a table for each top-level key.
    package static func markdown(_ keys: [ConfigKey]) -> String {
        var seen: Set<String> = []
        let keys = keys.sorted { $0.path < $1.path }.filter { seen.insert($0.path).inserted }
        let groups = Dictionary(grouping: keys) { $0.pattern.first ?? "" }.sorted { $0.key < $1.key }
        return groups.map { name, keys in
            let rows = keys.map(row)
            return (["## \(name)", "", "| key | type | default | what it is for |", "|---|---|---|---|"] + rows)
                .joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n"
    }

    private static func row(_ key: ConfigKey) -> String {
        let fallback = key.fallback.map { "`\(JSONWriter.text($0))`" } ?? ""
        let notes = (key.isSecret ? [" Secret: never printed."] : []) + (key.isLive ? [" Takes effect at once."] : [])
        return "| `\(key.path)` | \(key.kind.rawValue) | \(fallback) | \(key.summary)\(notes.joined()) |"
    }
}
