public import Database
public import EntityModel
public import PortalKit

/// Looks whether all is well with a configuration and its database; changes nothing, and may look while a portal runs.
public struct Doctor: Sendable {
    /// What one check came to.
    public struct Outcome: Sendable {
        public enum State: String, Sendable { case ok, failed, skipped }

        /// Whose check it is: `configuration`, `database`, or the id of a plugin.
        public let area: String
        public let name: String
        public let state: State
        /// How much breaks the rule.
        public let count: Int
        public let examples: [String]
        /// What to do, or why it was skipped; empty where all is well.
        public let mend: String
    }

    private let plugins: [any Plugin.Type]
    private let isThorough: Bool
    private let told: @Sendable (Outcome) -> Void

    /// - Parameters:
    ///   - isThorough: compares indexes with their tables too, which takes long on SQLite.
    ///   - told: called after each check.
    public init(
        _ plugins: [any Plugin.Type], isThorough: Bool, told: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) {
        self.plugins = plugins
        self.isThorough = isThorough
        self.told = told
    }

    /// Checks the configuration, and the database that it names.
    /// - Throws: `PortalError` for configuration files that cannot be read.
    public func examine(configPaths paths: [String]) async throws -> [Outcome] {
        let (lines, isUsable, _) = try await ConfigInspection.check(plugins, configPaths: paths)
        let mistakes = lines.filter { $0.hasPrefix("error: ") }.map { String($0.dropFirst("error: ".count)) }
        let configuration = tell(
            "configuration", "the configuration is usable", isUsable ? [] : mistakes,
            mend: "Mend these keys; \(ConfigInspection.command(paths)) tells the rest.")
        let operations: Operations
        do { operations = try Operations(plugins, configPaths: paths) } catch let error as PortalError {
            let named = tell(
                "database", "the configuration names a database", [error.message],
                mend: "Mend backend.database in the configuration; callboard config docs tells what it may hold.")
            return [configuration, named] + skipAll
        }
        return [configuration] + (await examine(operations.database))
    }

    /// Checks a database.
    public func examine(_ configuration: DatabaseConfiguration) async -> [Outcome] {
        let opened = "the database can be opened"
        let database: ConfiguredDatabase
        do { database = try await ConfiguredDatabase.open(configuration, for: .reading) } catch {
            return [tell("database", opened, [Self.message(error)], mend: Self.mend(error, configuration))] + skipAll
        }
        var outcomes = [tell("database", opened, [], mend: "")]
        for check in general.basic { outcomes.append(await run(check, "database", database)) }
        let isCurrent = outcomes.allSatisfy { $0.state == .ok }
        for check in general.shapes { outcomes.append(await run(check, "database", database)) }
        let hasShape = outcomes.allSatisfy { $0.state == .ok }
        for plugin in plugins {
            for check in plugin.databaseChecks {
                outcomes.append(
                    isCurrent
                        ? await run(check, plugin.id, database, maySkip: !hasShape)
                        : skip(check, plugin.id, "It can be checked once the database itself is well."))
            }
        }
        await database.close()
        return outcomes
    }

    private var general: SchemaChecks {
        SchemaChecks(Lease.migrations + plugins.flatMap { $0.migrations }, isThorough: isThorough)
    }

    /// All that needs a database.
    private var skipAll: [Outcome] {
        let reason = "It can be checked once the database can be opened."
        return general.all.map { skip($0, "database", reason) }
            + plugins.flatMap { plugin in plugin.databaseChecks.map { skip($0, plugin.id, reason) } }
    }

    /// What to do where a database cannot be opened.
    private static func mend(_ error: any Error, _ configuration: DatabaseConfiguration) -> String {
        switch (error as? DatabaseError)?.kind {
        case .damaged:
            return "Stop the portal, keep a copy of the files, and run callboard restore BACKUP --replace."
        case .configuration: return "Name the configuration of the portal with --config."
        default: break
        }
        guard case .postgres = configuration else {
            return "See that --config names the portal's configuration, and that whoever runs this may read the file "
                + "and write to its folder. A portal that never ran has no database: callboard serve makes it."
        }
        return
            "See that PostgreSQL runs and can be reached from here, and that host, port, user, password and database "
            + "below backend.database.connection are right: psql with the same must connect. A database that no portal "
            + "has used yet is made ready by callboard serve."
    }

    /// - Parameter maySkip: whether something is lacking that was told already, without which some cannot be made.
    private func run(
        _ check: DatabaseCheck, _ area: String, _ database: any SQLDatabase, maySkip: Bool = false
    ) async -> Outcome {
        let findings: DatabaseFindings
        do {
            // Each for itself: one that saw the same state as all others would keep SQLite's journal growing.
            findings = try await database.readAtLength { transaction in
                var findings = DatabaseFindings()
                try check.find(transaction, &findings)
                return findings
            }
        } catch {
            if maySkip, (error as? DatabaseError)?.kind == .statement {
                let reason = "It can be checked once the tables are as they should be."
                return skip(check, area, reason, [Self.message(error)])
            }
            return tell(area, check.name, ["it could not be checked: \(Self.message(error))"], mend: check.mend)
        }
        return tell(area, check.name, findings.examples, count: findings.count, mend: check.mend)
    }

    private func skip(
        _ check: DatabaseCheck, _ area: String, _ reason: String, _ examples: [String] = []
    ) -> Outcome {
        let outcome = Outcome(
            area: area, name: check.name, state: .skipped, count: 0, examples: examples, mend: reason)
        told(outcome)
        return outcome
    }

    private func tell(
        _ area: String, _ name: String, _ examples: [String], count: Int? = nil, mend: String
    ) -> Outcome {
        let count = count ?? examples.count
        let outcome = Outcome(
            area: area, name: name, state: count == 0 ? .ok : .failed, count: count, examples: examples,
            mend: count == 0 ? "" : mend)
        told(outcome)
        return outcome
    }

    private static func message(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? (error as? PortalError)?.message ?? "\(error)"
    }
}

extension Doctor.Outcome {
    /// Lines for people.
    public var lines: [String] {
        let head = "\(state.rawValue.padding(7)) \(area): \(name)"
        let shown = examples.map { "        \($0)" }
        guard state == .failed else { return [head] + shown }
        let more = count > examples.count ? ["        … and \(count - examples.count) more"] : []
        return [head + (count == 1 ? "" : " (broken in \(count) places)")] + shown + more
            + (mend.isEmpty ? [] : ["        Mend: \(mend)"])
    }

    /// For programs.
    public var json: JSONValue {
        var object: JSONObject = ["area": .string(area), "name": .string(name), "state": .string(state.rawValue)]
        object["count"] = .number(Double(count))
        object["examples"] = .array(examples.map(JSONValue.string))
        if !mend.isEmpty { object["mend"] = .string(mend) }
        return .object(object)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
