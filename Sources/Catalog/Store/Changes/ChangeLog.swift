import Database
import EntityModel

/// The changes of the whole catalog, as the change feed keeps them.
struct ChangeLog: Sendable {
    let database: any SQLDatabase
    var limits = ChangeWalk.Limits()

    /// The same in smaller steps: many subscribers may hold one page each.
    var ofStreams: ChangeLog {
        ChangeLog(database: database, limits: .init(mostRows: 5_000, mostStates: 300, mostBytes: 1 << 20))
    }

    /// Some changes, the newest first.
    struct Page: Sendable {
        let changes: [CatalogChange]
        /// Changes below this number follow; nil at the end of what is kept.
        let next: Int64?
        /// There may be more before `next`; the work that one page may cost was done.
        let isCut: Bool
        /// As of the version of the index that the page is of: who goes on from its head misses nothing.
        let state: FeedState
    }

    /// The newest changes below a number that pass the sieve.
    /// - Parameter withStates: reads what the entities were before and after, for the differences.
    func page(_ sieve: ChangeSieve, before number: Int64?, count: Int, withStates: Bool) async throws -> Page {
        let body: @Sendable (any Transaction) throws -> Page = { [limits] transaction in
            let state = try FeedState.read(transaction)
            var walk = ChangeWalk(transaction, sieve, limits, withStates: withStates)
            let (found, next, isCut) = try walk.backwards(from: number, count: count)
            return Page(changes: found, next: next, isCut: isCut, state: state.asOf(sieve.head))
        }
        return sieve.isDirect ? try await database.read(body) : try await database.readAtLength(body)
    }

    /// What follows upon a number.
    enum Following: Sendable {
        /// All that passes the sieve up to `end`, in the order of commits.
        case changes([CatalogChange], end: Int64)
        /// It cannot be told what was missed.
        case broken(FeedState)
    }

    /// - Parameter last: the number up to which the read index is; nothing is told that it does not know.
    func following(
        _ number: Int64, epoch: String, upTo last: Int64, _ sieve: ChangeSieve, count: Int
    ) async throws -> Following {
        try await database.readAtLength { [limits] transaction in
            let state = try FeedState.read(transaction)
            guard state.canFollow(number, epoch: epoch) else { return .broken(state) }
            var walk = ChangeWalk(transaction, sieve, limits, withStates: true)
            let (found, end) = try walk.forwards(after: number, upTo: last, count: count)
            return .changes(found, end: end)
        }
    }

    func state() async throws -> FeedState { try await database.read(FeedState.read) }
}
