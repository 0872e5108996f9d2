/// How long changes are kept, and how many: `callboard.history`. Nil sets no limit.
///
/// The newest change of an entity that exists is kept whatever its age, and all changes of the last hour are, so that
/// who was away for a moment misses none.
package struct HistoryRetention: Sendable, Hashable {
    /// `callboard.history.maxAge`
    package var maxAgeMilliseconds: Int64? = 365 * 86_400_000
    /// `callboard.history.maxChangesPerEntity`
    package var maxChangesPerEntity: Int? = 200
    /// `callboard.history.maxChanges`
    package var maxChanges: Int? = 1_000_000
    /// Younger changes are kept.
    package var graceMilliseconds: Int64 = 3_600_000

    package init() {}
}
