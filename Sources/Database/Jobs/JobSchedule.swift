/// When a job runs: once in each slot of its interval, by the database's clock. Pure rules, without a database.
///
/// Invariants: of one slot at most one run ends well; a slot in which its replica died is taken up by another; slots in
/// which nobody was there are not made up for, so that nothing storms after an outage.
public struct JobSchedule: Sendable, Hashable {
    public let intervalMilliseconds: Int64
    /// Jobs of the same interval begin at different times.
    public let offsetMilliseconds: Int64

    /// - Parameters:
    ///   - interval: at least a second; shorter ones count as that.
    ///   - name: the offset comes from it, so that all replicas have the same.
    public init(interval: Duration, name: String) {
        intervalMilliseconds = max(1_000, Int64((interval / .milliseconds(1)).rounded()))
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        offsetMilliseconds = Int64(hash % UInt64(intervalMilliseconds))
    }

    /// What the database holds of a job.
    public struct State: Sendable, Hashable {
        /// The slot that was begun last.
        public var slot: Int64
        public var isDone: Bool

        public init(slot: Int64, isDone: Bool) {
            self.slot = slot
            self.isDone = isDone
        }
    }

    /// The slot at a time, in milliseconds since 1970.
    public func slot(at now: Int64) -> Int64 {
        let time = now - offsetMilliseconds
        return time >= 0 ? time / intervalMilliseconds : (time + 1) / intervalMilliseconds - 1
    }

    /// - Returns: nil where there is nothing to do now. A clock that was set back leads to one run more, not to none
    ///   until it has caught up.
    public func begin(_ state: State, now: Int64) -> State? {
        let current = slot(at: now)
        if state.slot == current, state.isDone { return nil }
        return State(slot: current, isDone: false)
    }

    /// Milliseconds from a time to the next slot; at least one.
    public func delay(at now: Int64) -> Int64 {
        (slot(at: now) + 1) * intervalMilliseconds + offsetMilliseconds - now
    }
}
