/// Keeps a source that suddenly delivers much less from emptying the catalog: a loss of more than a fifth and of more
/// than ten entities is believed only when it is seen again a minute later.
///
/// Deleting explicitly, and taking a location out of the configuration, do not pass through here.
enum ShrinkGuard {
    static let secondLookMilliseconds: Int64 = 60_000
    /// How long a loss is neither believed nor told while there are files yet that were never read.
    static let settlingMilliseconds: Int64 = 2_000
    static let harmlessLoss = 10
    static let harmlessShare = 5

    enum Verdict: Sendable, Hashable {
        case apply
        /// Nothing is removed; look again at the time given.
        case hold(since: Int64, lookAgainAt: Int64)
    }

    /// - Parameters:
    ///   - lost: entities that would be gone, of `before`.
    ///   - heldSince: when the loss was first seen, if the last look held it.
    static func judge(before: Int, lost: Int, heldSince: Int64?, now: Int64) -> Verdict {
        if lost <= harmlessLoss || lost * harmlessShare <= before { return .apply }
        let since = min(heldSince ?? now, now)
        if heldSince != nil, now - since >= secondLookMilliseconds { return .apply }
        return .hold(since: since, lookAgainAt: since + secondLookMilliseconds)
    }
}
