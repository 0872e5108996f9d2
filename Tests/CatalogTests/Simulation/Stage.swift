import Database
import PortalKit
import Synchronization

@testable import Catalog

/// What goes wrong at one step.
enum SimulatedFault: Sendable, Hashable {
    case none
    /// The database does not answer; nothing was done.
    case refused
    /// The connection is lost after so many statements; nothing is kept of them.
    case undone(after: Int)
    /// Undone, and then done by another connection, as a database does after a deadlock.
    case twice(after: Int)
    /// Done, but whoever asked never hears of it.
    case unheard
}

/// One thing that a replica does, from its first step to its last: real code, which the stage lets run from one
/// transaction to the next.
final class Activity: Sendable {
    enum Kind: Sendable {
        case start
        case claim(Int)
        case read(ClaimedSource)
        case renew([ClaimedSource])
        case giveBack(ClaimedSource)
        case follow
        case job(String)
        case watch([String])
        case reload
        case refresh(String)
        case delete(reference: String, uid: String)
        case register(String)
        case unregister(String)
        case visit(Int)
    }

    /// What is known of it while it runs.
    struct Facts: Sendable {
        var fault = SimulatedFault.none
        /// The step at which it looked at the files.
        var readAt: Int?
        var lease: Lease?
        /// What it last came to, for the trace.
        var note = ""
    }

    @TaskLocal static var current: Activity?

    let number: Int
    let replica: Int
    let kind: Kind
    let facts = Shared(Facts())

    init(_ number: Int, replica: Int, _ kind: Kind) {
        self.number = number
        self.replica = replica
        self.kind = kind
    }
}

extension Activity {
    /// The job that it has begun; nil where it does something else.
    var job: String? {
        if case .job(let name) = kind, facts.value.lease != nil { return name }
        return nil
    }
}

extension Activity: CustomStringConvertible {
    /// Without what chance decides, such as uids.
    var description: String {
        switch kind {
        case .start: "start"
        case .claim(let limit): "claim \(limit)"
        case .read(let source): "read \(source.location.target) by token \(source.token)"
        case .renew(let sources): "renew \(sources.map { "\($0.id)" }.sorted().joined(separator: ","))"
        case .giveBack(let source): "give back \(source.location.target) by token \(source.token)"
        case .follow: "follow"
        case .job(let name): "job \(name)"
        case .watch(let paths): "tell of \(paths.joined(separator: ","))"
        case .reload: "reload"
        case .refresh(let reference): "refresh \(reference)"
        case .delete(let reference, _): "delete \(reference)"
        case .register(let path): "register \(path)"
        case .unregister(let path): "unregister \(path)"
        case .visit(let session): "visit \(session)"
        }
    }
}

/// Where activities wait for their turn: one runs at a time, and who is next is for the seed to say.
final class Stage: Sendable {
    enum Step: Sendable, Hashable {
        case readDatabase
        case writeDatabase
        case readFiles
        /// Anything else that takes a while.
        case other
        /// Until the replica's index is followed by nobody else, who would be waited for out of turn.
        case index
    }

    struct Waiting: Sendable {
        let activity: Activity
        let step: Step
        fileprivate let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var waiting: [Int: Waiting] = [:]
        var director: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Those that wait, by number.
    var waiting: [Waiting] { state.withLock { $0.waiting.values.sorted { $0.activity.number < $1.activity.number } } }

    /// Waits for the turn of the activity that calls this.
    func turn(_ step: Step) async {
        guard let activity = Activity.current else { return }
        await withCheckedContinuation { continuation in
            let director = state.withLock { state in
                state.waiting[activity.number] = Waiting(activity: activity, step: step, continuation: continuation)
                defer { state.director = nil }
                return state.director
            }
            director?.resume()
        }
    }

    /// Begins an activity and returns once it waits, or has ended.
    func begin(_ activity: Activity, _ body: @escaping @Sendable () async -> Void) async {
        await withCheckedContinuation { director in
            state.withLock { $0.director = director }
            Task {
                await Activity.$current.withValue(activity) { await body() }
                state.withLock { state in
                    defer { state.director = nil }
                    return state.director
                }?.resume()
            }
        }
    }

    /// Lets one go on and returns once it waits again, or has ended.
    func goOn(_ waiting: Waiting) async {
        await withCheckedContinuation { director in
            state.withLock { state in
                state.director = director
                state.waiting[waiting.activity.number] = nil
            }
            waiting.continuation.resume()
        }
    }
}
