import Synchronization

/// The sources of one claim that are still to be read, or being read.
final class HeldClaims: Sendable {
    private let sources: Mutex<[Int64: ClaimedSource]>

    init(_ claimed: [ClaimedSource]) {
        sources = Mutex(Dictionary(claimed.map { ($0.id, $0) }) { first, _ in first })
    }

    var all: [ClaimedSource] { sources.withLock { Array($0.values) } }

    func remove(_ source: ClaimedSource) { _ = sources.withLock { $0.removeValue(forKey: source.id) } }
}
