/// How busy a database is, for whoever watches it.
public struct DatabaseFigures: Sendable {
    /// Counts values in classes.
    public struct Tally: Sendable, Hashable {
        /// Upper ends of the classes, ascending; an end belongs to its class.
        public let ends: [Double]
        /// Of each class alone; the last is for what is above all ends.
        public private(set) var counts: [Int]
        public private(set) var sum = 0.0

        public init(_ ends: [Double]) {
            self.ends = ends
            counts = Array(repeating: 0, count: ends.count + 1)
        }

        public mutating func add(_ value: Double) {
            counts[ends.firstIndex { value <= $0 } ?? ends.count] += 1
            sum += value
        }
    }

    /// Of a pool, by what they do: `idle`, `people`, `background`; none without a pool.
    public var connections: [(state: String, count: Int)] = []
    /// Who waits: for a connection, or with a write for the one writer; by lane, `people` and `background`.
    public var waiting: [(lane: String, count: Int)] = []
    /// How often a server did not answer in time; nil without one.
    public var silences: Int?
    /// How long commits took in seconds, where writes share them.
    public var commits: Tally?
    /// How many writes shared a commit.
    public var groups: Tally?

    public init() {}
}
