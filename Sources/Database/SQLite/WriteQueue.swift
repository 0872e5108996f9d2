/// One caller's write, waiting for its turn.
struct PendingWrite: Sendable {
    /// Runs the body; what it returns hands the result to the caller, and is called after the commit.
    let attempt: @Sendable (any Transaction) throws -> @Sendable () -> Void
    /// Hands an error to the caller; called instead of `attempt`'s outcome.
    let fail: @Sendable (any Error) -> Void
}

/// Writes in the order of their arrival, in two lanes.
struct WriteQueue {
    enum Addition {
        case queued
        /// Nobody takes from the queue yet: the caller must start.
        case mustDrain
        case refused(DatabaseError)
    }

    /// How many writes share a commit at most.
    static let largestGroup = 200
    /// How long a group takes writes at most.
    static let longestGroup: Duration = .milliseconds(25)
    static let longestQueue = 20_000
    /// After so many of people's writes in a row, one of the background's has its turn.
    static let patience = 16

    private var lanes: [WritePriority: Lane] = [.interactive: Lane(), .background: Lane()]
    private var interactiveInARow = 0
    private var isDraining = false
    private var isClosed = false
    /// Who closes, and waits for the draining to end.
    private var closing: CheckedContinuation<Void, Never>?

    mutating func add(_ write: PendingWrite, _ priority: WritePriority) -> Addition {
        if isClosed { return .refused(DatabaseError(.connection, "The database is closed.")) }
        if count(priority) >= Self.longestQueue {
            return .refused(DatabaseError(.busy, "Too many writes wait for the database; try again later."))
        }
        lanes[priority]?.append(write)
        defer { isDraining = true }
        return isDraining ? .queued : .mustDrain
    }

    /// What waits is still written.
    /// - Returns: false where it was closed before.
    mutating func close() -> Bool {
        defer { isClosed = true }
        return !isClosed
    }

    /// Keeps who closes until the draining has ended: it may be promised, and not have begun.
    /// - Returns: false where nobody drains, and there is nothing to wait for.
    mutating func waitForEnd(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        if isDraining { closing = continuation }
        return isDraining
    }

    /// Ends the draining where nothing waits.
    /// - Returns: whether there is more, else who waited for the end.
    mutating func hasMore() -> (hasMore: Bool, closing: CheckedContinuation<Void, Never>?) {
        isDraining = count(.interactive) + count(.background) > 0
        if isDraining { return (true, nil) }
        defer { closing = nil }
        return (false, closing)
    }

    /// The next write of a group, or nil where the group should commit.
    mutating func next(after taken: Int, _ elapsed: Duration) -> PendingWrite? {
        if taken >= Self.largestGroup || (taken > 0 && elapsed >= Self.longestGroup) { return nil }
        let isBackgroundsTurn = interactiveInARow >= Self.patience && count(.background) > 0
        if !isBackgroundsTurn, let write = lanes[.interactive]?.popFirst() {
            interactiveInARow += 1
            return write
        }
        interactiveInARow = 0
        return lanes[.background]?.popFirst()
    }

    func count(_ priority: WritePriority) -> Int { lanes[priority]?.count ?? 0 }

    /// First in, first out, without moving what waits for each that goes.
    private struct Lane {
        private var writes: [PendingWrite?] = []
        private var head = 0

        var count: Int { writes.count - head }

        mutating func append(_ write: PendingWrite) { writes.append(write) }

        mutating func popFirst() -> PendingWrite? {
            guard head < writes.count else { return nil }
            let write = writes[head]
            writes[head] = nil
            head += 1
            if head == writes.count || head > 1_024 {
                writes.removeFirst(head)
                head = 0
            }
            return write
        }
    }
}
