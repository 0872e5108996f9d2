/// One change of a feature's tables, in both dialects.
///
/// Applied migrations are never edited: what is wrong is mended by the next.
public struct Migration: Sendable {
    /// How a migration is taken back, for operators who want the program before it again.
    public enum WayBack: Sendable {
        /// Statements that undo it, in their order; and what of the data goes with it, as a noun phrase for people, or
        /// nil where nothing does.
        case statements(sqlite: [SQL], postgres: [SQL], loses: String?)
        /// There is none; the reason ends a sentence.
        case none(because: String)
    }

    public let feature: String
    /// Counts from one within the feature.
    public let number: Int
    public let name: String
    public let sqlite: [SQL]
    public let postgres: [SQL]
    public let back: WayBack

    /// What is said of a migration whose author said nothing.
    static let unsaid = "its author gave no way back"

    public init(
        _ feature: String, _ number: Int, _ name: String, sqlite: [SQL], postgres: [SQL], back: WayBack? = nil
    ) {
        self.feature = feature
        self.number = number
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
        self.back = back ?? .none(because: Self.unsaid)
    }

    /// The feature and the number, as `catalog 4`.
    public var key: String { "\(feature) \(number)" }

    /// Whether its author said how it is taken back, or why it cannot be.
    public var tellsWayBack: Bool {
        if case .none(let reason) = back { reason != Self.unsaid } else { true }
    }

    func statements(_ dialect: Dialect) -> [SQL] { dialect == .sqlite ? sqlite : postgres }

    /// Tells an edited migration from the one that was applied: FNV-1a over the statements. The way back is no part of
    /// it: it may be mended later.
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
