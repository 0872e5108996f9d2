import Synchronization

/// One version of the index, as readers hand it on: that counts one reference instead of dozens.
package final class IndexVersion: Sendable {
    /// What holds in this version; it never changes.
    package let index: CatalogIndex
    let keptCounts = KeptCounts()
    let keptDangling = KeptSets()
    let keptTitles = KeptTexts()

    /// A version with an index, which is copied this once.
    package init(_ index: CatalogIndex) { self.index = index }
}

/// The index that readers see: replaced whole, so that nobody sees half a change.
package final class PublishedIndex: Sendable {
    private struct Listeners {
        var last = 0
        var all: [Int: AsyncStream<Int64>.Continuation] = [:]
    }

    private let published = Mutex(IndexVersion(CatalogIndex()))
    private let listeners = Mutex(Listeners())

    package init() {}

    /// The newest version, for whoever hands it on.
    package var version: IndexVersion { published.withLock { $0 } }
    /// The index of the newest version, for whoever asks once.
    package var current: CatalogIndex { version.index }

    /// What `writeRelationTargets` has set holds for the next one too.
    package func publish(_ index: CatalogIndex) {
        published.withLock { version in
            var next = index
            next.writesRelationTargets = version.index.writesRelationTargets
            version = IndexVersion(next)
        }
        for listener in listeners.withLock(\.all).values { listener.yield(index.head) }
    }

    /// The feed numbers of the versions that are published from now on; of those that wait the newest alone.
    ///
    /// - Parameter known: what the listener has seen; where it is not the newest, that comes first.
    package func changes(after known: Int64? = nil) -> AsyncStream<Int64> {
        let (stream, continuation) = AsyncStream<Int64>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLock { listeners in
            listeners.last += 1
            listeners.all[listeners.last] = continuation
            return listeners.last
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.all.removeValue(forKey: number) }
        }
        // After it was entered, so that nothing falls in between; twice the same does no harm.
        let head = current.head
        if let known, known != head { continuation.yield(head) }
        return stream
    }

    /// Whether relations are written with `target:{kind,namespace,name}` beside `targetRef`.
    package func writeRelationTargets(_ writes: Bool) {
        published.withLock { version in
            var next = version.index
            next.writesRelationTargets = writes
            version = IndexVersion(next)
        }
    }
}
