public import Database

/// Something that always holds in a plugin's own tables; `callboard doctor` looks whether it does.
///
///     static let databaseChecks = [
///         DatabaseCheck(
///             "every order has a shop", mend: "Delete the order.",
///             finds: "SELECT o.id FROM shop_orders o LEFT JOIN shops s ON s.id = o.shop WHERE s.id IS NULL")
///     ]
///
/// Checks run on live databases: they read, they hold in every committed state, and they keep little in memory.
public struct DatabaseCheck: Sendable {
    /// What holds, as a clause: "every order has a shop".
    public let name: String
    /// What to do where it does not, in sentences.
    public let mend: String
    /// Looks for what breaks the rule. May take as many statements as it likes, each of them a minute.
    public let find: @Sendable (any Transaction, inout DatabaseFindings) throws -> Void

    public init(
        _ name: String, mend: String,
        find: @escaping @Sendable (any Transaction, inout DatabaseFindings) throws -> Void
    ) {
        self.name = name
        self.mend = mend
        self.find = find
    }

    /// - Parameter query: each of its rows breaks the rule; the columns, joined by spaces, name it.
    public init(_ name: String, mend: String, finds query: SQL) {
        self.init(name, mend: mend) { transaction, findings in
            try transaction.forEach(query) { row in findings.add(row.text) }
        }
    }
}

/// What a check found: how much, and a few examples.
public struct DatabaseFindings: Sendable, Hashable {
    /// Examples that are kept.
    public static let mostExamples = 5
    private static let longestExample = 300

    public private(set) var count = 0
    public private(set) var examples: [String] = []

    public init() {}

    public mutating func add(_ example: @autoclosure () -> String) {
        count += 1
        if examples.count < Self.mostExamples { examples.append(String(example().prefix(Self.longestExample))) }
    }
}
