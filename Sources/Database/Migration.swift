/// One change of a feature's tables, in both dialects.
///
/// Applied migrations are never edited: what is wrong is mended by the next.
public struct Migration: Sendable {
    public let feature: String
    /// Counts from one within the feature.
    public let number: Int
    public let name: String
    public let sqlite: [SQL]
    public let postgres: [SQL]

    public init(_ feature: String, _ number: Int, _ name: String, sqlite: [SQL], postgres: [SQL]) {
        self.feature = feature
        self.number = number
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }

    func statements(_ dialect: Dialect) -> [SQL] { dialect == .sqlite ? sqlite : postgres }

    /// Tells an edited migration from the one that was applied: FNV-1a over the statements.
    func checksum(_ dialect: Dialect) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements(dialect) {
            for byte in statement.rendered(placeholder: { "$\($0)" }).text.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
            hash = (hash ^ 0x3B) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
