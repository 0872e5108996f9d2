/// When a source is read again, and by whom: the state of one source in the queue.
struct RefreshState: Sendable, Hashable {
    /// Milliseconds since 1970 from which on the source may be claimed; zero puts it in front of all others.
    var nextAt: Int64
    /// Counts requests, so that one that comes while the source is being read is not lost.
    var requests: Int64 = 0
    /// Failed readings since the last good one.
    var failures: Int = 0
    /// Who reads it now, until when.
    var lease: Lease?

    struct Lease: Sendable, Hashable {
        /// Never handed out twice; what the holder writes is refused once another token is here.
        let token: Int64
        var until: Int64
    }
}

/// The rules of the queue, without a clock and without a database: each function takes a state and returns the next.
///
/// Invariants: at most one holder whose lease has not run out; a request made while somebody reads leads to another
/// reading; only the last holder can finish; a source that fails is tried again, ever more rarely.
struct RefreshQueue: Sendable {
    /// What a replica that was killed had taken is free again after so long.
    static let leaseMilliseconds: Int64 = 24_000
    /// Whoever still reads says so this often.
    static let renewalMilliseconds: Int64 = 8_000
    static let firstRetryMilliseconds: Int64 = 5_000
    static let longestRetryMilliseconds: Int64 = 600_000
    /// Far enough away for "never".
    static let never: Int64 = 1 << 60

    /// The shortest time between two readings; nil where only requests lead to one.
    let intervalMilliseconds: Int64?

    /// - Returns: nil where the source is not due or somebody else holds it.
    func claim(_ state: RefreshState, token: Int64, now: Int64) -> RefreshState? {
        if state.nextAt > now { return nil }
        if let lease = state.lease, lease.until > now { return nil }
        var next = state
        next.lease = .init(token: token, until: now + Self.leaseMilliseconds)
        return next
    }

    /// - Returns: nil where the lease went to somebody else.
    func renew(_ state: RefreshState, token: Int64, now: Int64) -> RefreshState? {
        guard state.lease?.token == token else { return nil }
        var next = state
        next.lease?.until = now + Self.leaseMilliseconds
        return next
    }

    /// Asks for a reading as soon as possible.
    func request(_ state: RefreshState) -> RefreshState {
        var next = state
        next.nextAt = 0
        next.requests += 1
        return next
    }

    enum Ending: Sendable, Hashable {
        case succeeded
        case failed
        /// Read, but to be looked at again at the time given at the latest.
        case again(at: Int64)
    }

    /// Gives the source back.
    /// - Parameters:
    ///   - requests: the count of requests when the source was claimed.
    ///   - jitter: from 0 to 1; spreads the readings over half an interval, as upstream does.
    /// - Returns: nil where the lease went to somebody else, whose result then counts.
    func finish(
        _ state: RefreshState, token: Int64, requests: Int64, _ ending: Ending, jitter: Double, now: Int64
    ) -> RefreshState? {
        guard state.lease?.token == token else { return nil }
        var next = state
        next.lease = nil
        next.failures = ending == .failed ? state.failures + 1 : 0
        let regular = intervalMilliseconds.map { now + $0 + Int64(Double($0) / 2 * min(max(jitter, 0), 1)) }
        switch ending {
        case .succeeded: next.nextAt = regular ?? Self.never
        case .failed: next.nextAt = min(now + retryDelay(next.failures), regular ?? Self.never)
        case .again(let time): next.nextAt = min(max(time, now), regular ?? Self.never)
        }
        if state.requests != requests { next.nextAt = 0 }
        return next
    }

    private func retryDelay(_ failures: Int) -> Int64 {
        min(Self.longestRetryMilliseconds, Self.firstRetryMilliseconds << Int64(min(failures - 1, 10)))
    }
}
