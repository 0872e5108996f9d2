import Database
import PortalKit

@testable import Catalog

/// The simulation's own record of what may happen, held against the database after each commit.
final class Ledger: Sendable {
    struct State: Sendable {
        var snapshot = Snapshot()
        var problems: [String] = []
        /// By feed number, what holds there: an index may show nothing else.
        var versions: [Int64: [Int64: Snapshot.Entity]] = [0: [:]]
        /// By source, the step of the last request, and that of the last look at its files whose outcome is stored.
        var requested: [Int64: Int] = [:]
        var answered: [Int64: Int] = [:]
        /// By job, slot and how often the clock was set back before.
        var ends: Set<[String]> = []
        /// Uids of entities of which somebody knows that they are deleted.
        var deleted: Set<String> = []
        var step = 0
        var setbacks = 0
        var latest: Int64 = 0
        var lastToken: Int64 = 0
    }

    let state = Shared(State())

    var snapshot: Snapshot { state.value.snapshot }
    var problems: [String] { state.value.problems }

    func complain(_ text: String) { state.change { $0.problems.append(text) } }

    /// Holds what a transaction did against the rules.
    func take(_ next: Snapshot, after activity: Activity, isOutcome: Bool, now: Int64) {
        let readAt = activity.facts.value.readAt
        let lease = activity.facts.value.lease
        state.change { state in
            state.latest = max(state.latest, now)
            var check = CommitCheck(before: state.snapshot, after: next, activity: activity, now: now)
            check.feed()
            check.history()
            check.references()
            check.leases(isOutcome: isOutcome, lastToken: state.lastToken)
            check.deleted(state.deleted)
            check.jobs(lease, &state)
            Self.requests(next, activity, isOutcome, readAt, &state, &check)
            state.problems += check.problems.map { "\($0) [\(activity)]" }
            state.lastToken = max(state.lastToken, next.sources.values.map(\.token).max() ?? 0)
            state.versions[next.head] = next.entities
            state.snapshot = next
        }
        activity.facts.change { [text = Self.summary(state.value.snapshot)] in $0.note = text }
    }

    private static func summary(_ snapshot: Snapshot) -> String {
        "feed \(snapshot.head), \(snapshot.sources.count) sources, \(snapshot.entities.count) entities, "
            + "\(snapshot.claims.count) claims"
    }

    /// A request is followed by a look at the files that begins after it.
    private static func requests(
        _ next: Snapshot, _ activity: Activity, _ isOutcome: Bool, _ readAt: Int?, _ state: inout State,
        _ check: inout CommitCheck
    ) {
        if isOutcome, case .read(let source) = activity.kind, let readAt,
            let after = next.sources[source.id], after.until == 0, state.snapshot.sources[source.id]?.until != 0
        {
            state.answered[source.id] = readAt
        }
        for source in next.sources.values {
            let before = state.snapshot.sources[source.id]?.requests ?? -1
            if source.requests != before { state.requested[source.id] = state.step }
            if source.requests < before { check.problems.append("\(source.path) has lost requests") }
            guard state.requested[source.id, default: 0] > state.answered[source.id, default: -1] else { continue }
            if source.nextAt > state.latest + 11_000 {
                check.problems.append("\(source.path) was asked for and will not be read")
            }
        }
    }
}

/// What one transaction may have done.
struct CommitCheck: Sendable {
    let before: Snapshot
    let after: Snapshot
    let activity: Activity
    let now: Int64
    var problems: [String] = []

    init(before: Snapshot, after: Snapshot, activity: Activity, now: Int64) {
        self.before = before
        self.after = after
        self.activity = activity
        self.now = now
    }

    /// Every change has a number of its own, in order and without a gap, and nothing else has a new one.
    mutating func feed() {
        var numbers = Set(after.changes.map(\.number))
        for entity in after.entities.values {
            if let old = before.entities[entity.id], old == entity { continue }
            if entity.number <= before.head { problems.append("\(entity.reference) changed without a number") }
            numbers.insert(entity.number)
        }
        for entity in before.entities.values where after.entities[entity.id] == nil {
            if !after.changes.contains(where: { $0.kind == "deleted" && $0.entity == entity.id }) {
                problems.append("\(entity.reference) went without a word")
            }
        }
        let expected = after.head > before.head ? Set(before.head + 1...after.head) : []
        if numbers != expected {
            problems.append("the feed went from \(before.head) to \(after.head) by \(numbers.sorted())")
        }
    }

    /// Each change keeps the version before it.
    mutating func history() {
        for change in after.changes {
            let old = before.entities[change.entity]
            switch change.kind {
            case "created":
                if old != nil || change.before != nil { problems.append("\(change.reference) was created twice") }
            default:
                if old?.body != change.before || old?.uid != change.uid {
                    problems.append("the history of \(change.reference) has another version than there was")
                }
            }
        }
    }

    /// I1 and I2: what is declared has its source, and nothing points at one that is not there.
    mutating func references() {
        for entity in after.entities.values {
            if let source = entity.source {
                if after.sources[source] == nil { problems.append("\(entity.reference) has no source any more") }
            } else if !EntityNotes(column: entity.notes).isOrphan {
                problems.append("\(entity.reference) has no source and is no orphan")
            }
        }
        for claim in after.claims where after.sources[claim.source] == nil {
            problems.append("a claim of \(claim.reference) has no source")
        }
        for way in after.ways where after.sources[way.parent] == nil || after.sources[way.child] == nil {
            problems.append("a way of \(way.entity) leads from nowhere, or there")
        }
    }

    /// I5: a source has one holder, who alone keeps it, ends with it and stores what it says.
    mutating func leases(isOutcome: Bool, lastToken: Int64) {
        for source in after.sources.values {
            guard let old = before.sources[source.id] else { continue }
            if source.token != old.token {
                if old.until > now { problems.append("\(source.path) was claimed from its holder") }
                if old.nextAt > now { problems.append("\(source.path) was claimed before its time") }
                if source.token <= lastToken { problems.append("the token of \(source.path) is not new") }
            } else if source.until != old.until {
                if !holds(source.id, by: source.token) { problems.append("the lease of \(source.path) is another's") }
            }
        }
        guard isOutcome, case .read(let source) = activity.kind else { return }
        let isHolder = before.sources[source.id]?.token == source.token
        let hasChanged =
            before.sources != after.sources || before.entities != after.entities || before.claims != after.claims
            || before.ways != after.ways || before.head != after.head
        if hasChanged, !isHolder { problems.append("\(source.location.target) was stored by who has lost it") }
    }

    /// Whether whoever acts has a source by a token; a replica that stood still may have claimed it once more.
    private func holds(_ id: Int64, by token: Int64) -> Bool {
        switch activity.kind {
        case .read(let source), .giveBack(let source): source.id == id && source.token == token
        case .renew(let sources): sources.contains { $0.id == id && $0.token == token }
        default: false
        }
    }

    mutating func deleted(_ uids: Set<String>) {
        for entity in after.entities.values where uids.contains(entity.uid) {
            problems.append("\(entity.reference) is back as what was deleted")
        }
    }

    /// Of one slot at most one run ends, by whoever has its lease; a clock that was set back may lead to one more.
    mutating func jobs(_ lease: Lease?, _ state: inout Ledger.State) {
        for (name, job) in after.jobs {
            guard let old = before.jobs[name], job.isDone, !old.isDone || job.endedAt != old.endedAt else { continue }
            if lease?.token != after.leases["job \(name)"] {
                problems.append("the job \(name) was ended by who has lost it")
            }
            if !state.ends.insert([name, "\(job.slot)", "\(state.setbacks)"]).inserted {
                problems.append("slot \(job.slot) of the job \(name) was done twice")
            }
        }
    }
}
