import Synchronization

/// What was seen in watched folders.
public enum FileChange: Sendable, Hashable {
    /// Something was made, written, moved or deleted at this path.
    case path(String)
    /// Changes were missed: anything in the watched folders may be another.
    case anything
}

/// What changes in watched folders, as sets of all that has come since the last one was taken: whoever is slow gets
/// fewer and larger sets. One with `anything` holds nothing else. For one reader.
public struct FileChanges: AsyncSequence, Sendable {
    public typealias Element = Set<FileChange>

    /// Paths beyond this are not told apart any more.
    private static let mostPaths = 10_000

    fileprivate final class Pending: Sendable {
        private let changes = Mutex<Element>([])
        private let ending = Mutex<(isWanted: Bool, body: (@Sendable () -> Void)?)>((true, nil))

        func add(_ change: FileChange) {
            changes.withLock { changes in
                if changes.contains(.anything) { return }
                changes.insert(change)
                if change == .anything || changes.count > mostPaths { changes = [.anything] }
            }
        }

        func take() -> Element {
            changes.withLock { changes in
                defer { changes = [] }
                return changes
            }
        }

        func stop() {
            let body = ending.withLock { ending in
                defer { ending = (false, nil) }
                return ending.body
            }
            body?()
        }

        func onStop(_ body: @escaping @Sendable () -> Void) {
            let isLate = ending.withLock { ending in
                if ending.isWanted { ending.body = body }
                return !ending.isWanted
            }
            if isLate { body() }
        }
    }

    private let pending: Pending
    private let signals: AsyncStream<Void>

    /// The end of whoever watches.
    public struct Source: Sendable {
        fileprivate let pending: Pending
        fileprivate let signal: AsyncStream<Void>.Continuation

        public func tell(_ change: FileChange) {
            pending.add(change)
            signal.yield()
        }

        /// No more will be told.
        public func finish() { signal.finish() }

        /// Calls `body` once no more is wanted: what has been seen by then is to be told, and `finish` to be called.
        public func onStop(_ body: @escaping @Sendable () -> Void) { pending.onStop(body) }
    }

    public static func make() -> (changes: FileChanges, source: Source) {
        let pending = Pending()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // The reader has gone.
        signal.onTermination = { _ in pending.stop() }
        return (FileChanges(pending: pending, signals: signals), Source(pending: pending, signal: signal))
    }

    /// Asks for the end: the sequence still tells what has been seen by now, and ends.
    public func stop() { pending.stop() }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let pending: Pending
        fileprivate var signals: AsyncStream<Void>.Iterator

        /// Nil once nothing more will be told, or the task was cancelled.
        public mutating func next() async -> Element? { await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> Element? {
            while await signals.next(isolation: actor) != nil {
                let changes = pending.take()
                if !changes.isEmpty { return changes }
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(pending: pending, signals: signals.makeAsyncIterator())
    }
}
