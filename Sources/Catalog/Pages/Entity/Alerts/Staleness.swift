import Foundation

/// A source that has not been read for so long that what is shown may be old, though nothing says that it fails.
struct Staleness: Sendable, Hashable {
    let lastRead: Date
    /// How often it should be read.
    let intervalMinutes: Int

    /// So many intervals may be missed: many sources share few readers.
    private static let most: Int64 = 10
    /// Nobody minds less.
    private static let leastMilliseconds: Int64 = 15 * 60_000

    /// - Parameter interval: of the configuration; nil where only a request leads to a reading.
    /// - Returns: nil where it is young enough, or something else tells of it.
    init?(_ source: SourceFacts?, intervalMilliseconds interval: Int64?) {
        guard let source, let interval, source.error == nil, source.nextAt < RefreshQueue.never,
            let succeededAt = source.succeededAt,
            source.now - succeededAt > max(Self.most * interval, Self.leastMilliseconds)
        else { return nil }
        lastRead = Date(timeIntervalSince1970: Double(succeededAt) / 1_000)
        intervalMinutes = max(1, Int(interval / 60_000))
    }
}
