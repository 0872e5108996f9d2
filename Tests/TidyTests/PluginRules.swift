import Database

/// What belongs to every plugin and every migration.
enum PluginRules {
    /// A plugin without the conformance suite is a plugin that nobody has looked at.
    static func untested(sources: [TextFile], tests: [TextFile]) -> [String] {
        sources.filter { $0.stem.hasSuffix("Plugin") && $0.stem != "Plugin" }.compactMap { file in
            let call = "PluginCompatTest(\(file.stem).self)"
            if tests.contains(where: { $0.code.contains { $0.contains(call) } }) { return nil }
            return "\(file.path) has no test with \(call).problems()."
        }
    }

    /// The module's introduction: what it does, how data flows, where to start reading.
    static func withoutIntroduction(_ sources: [TextFile]) -> [String] {
        sources.filter { $0.stem.hasSuffix("Plugin") && $0.stem != "Plugin" }.compactMap { file in
            let declaration = file.lines.firstIndex { $0.contains("struct \(file.stem)") } ?? 0
            let comment = file.lines[..<declaration].reversed().prefix { $0.hasPrefix("///") }
            if comment.count >= 3 { return nil }
            return "\(file.path) must begin with what the plugin does, how its data flows and where to start reading."
        }
    }

    /// The same program runs on both engines, so a change of tables is made for both, and counts without a gap.
    static func migrations(_ migrations: [Migration]) -> [String] {
        var problems: [String] = []
        for migration in migrations {
            let name = "The migration \(migration.feature) \(migration.number)"
            if migration.sqlite.isEmpty { problems.append("\(name) does nothing on SQLite.") }
            if migration.postgres.isEmpty { problems.append("\(name) does nothing on PostgreSQL.") }
            if !migration.tellsWayBack {
                problems.append("\(name) says neither how it is taken back, nor why it cannot be.")
            }
        }
        for (feature, group) in Dictionary(grouping: migrations, by: \.feature).sorted(by: { $0.key < $1.key })
        where group.map(\.number).sorted() != Array(1...group.count) {
            problems.append("The migrations of \(feature) must count from one without a gap.")
        }
        return problems
    }
}
