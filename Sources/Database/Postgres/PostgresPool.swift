import Synchronization

/// Hands out connections, to people's work first; background work never has the last one.
final class PostgresPool: Sendable {
    private static let longestLine = 20_000
    /// After so many of people's in a row, one of the background's has its turn.
    private static let patience = 16

    private struct Waiter {
        let id: Int
        let priority: WritePriority
        let deadline: ContinuousClock.Instant?
        let continuation: CheckedContinuation<PostgresConnection, any Error>
    }

    private struct State {
        var free: [PostgresConnection]
        var line: [Waiter] = []
        var nextID = 0
        /// Those whose cancellation came before their place in the line.
        var cancelled: Set<Int> = []
        /// Connections that background work holds; one less than all at most.
        var inBackground = 0
        /// Handed to people while background work waited.
        var overtaken = 0
        var isClosed = false
        /// Somebody looks after those whose time is over.
        var isSwept = false
        /// Until then people are told at once that the server does not answer.
        var silentUntil: ContinuousClock.Instant?
        var silences = 0
    }

    /// One who waited in vain tells the others, or a request that asks several times would wait as often.
    private static let silence: Duration = .seconds(1)

    private let all: [PostgresConnection]
    private let state: Mutex<State>

    init(_ connections: [PostgresConnection]) {
        all = connections
        state = Mutex(State(free: connections))
    }

    var waitingCount: Int { state.withLock { $0.line.count } }

    /// - Parameter isCancellable: whether a cancelled task leaves the line; a write that somebody began must come to
    ///   its end on both engines alike.
    func with<Result: Sendable>(
        _ priority: WritePriority, _ patience: PostgresPatience = .background, isCancellable: Bool = false,
        _ work: @Sendable (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        if patience.deadline != nil, isSilent { throw Self.silent }
        let connection =
            try await isCancellable
            ? takeUnlessCancelled(priority, patience) : take(priority, patience, id: newID())
        defer { give(connection, from: priority) }
        do {
            let result = try await work(connection)
            noteAnswer()
            return result
        } catch {
            if (error as? DatabaseError)?.retry == .silence { noteSilence() }
            throw error
        }
    }

    private static var silent: DatabaseError { DatabaseError(.timeout, "PostgreSQL does not answer.") }

    private var isSilent: Bool { state.withLock { $0.silentUntil.map { $0 > .now } ?? false } }

    private func noteAnswer() { state.withLock { $0.silentUntil = nil } }

    private func noteSilence() {
        state.withLock { state in
            state.silences += 1
            state.silentUntil = .now + Self.silence
        }
    }

    var figures: DatabaseFigures {
        state.withLock { state in
            var figures = DatabaseFigures()
            figures.connections = [
                ("idle", state.free.count), ("people", all.count - state.free.count - state.inBackground),
                ("background", state.inBackground),
            ]
            let people = state.line.count { $0.priority == .interactive }
            figures.waiting = [("people", people), ("background", state.line.count - people)]
            figures.silences = state.silences
            return figures
        }
    }

    private func newID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }

    private func takeUnlessCancelled(
        _ priority: WritePriority, _ patience: PostgresPatience
    ) async throws -> PostgresConnection {
        let id = newID()
        // A cancellation that came first has left its mark, whatever this ends with.
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        let connection = try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await take(priority, patience, id: id)
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                if let index = state.line.firstIndex(where: { $0.id == id }) { return state.line.remove(at: index) }
                state.cancelled.insert(id)
                return nil
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
        // The cancellation may have come after the connection.
        if state.withLock({ $0.cancelled.contains(id) }) {
            give(connection, from: priority)
            throw CancellationError()
        }
        return connection
    }

    private func take(
        _ priority: WritePriority, _ patience: PostgresPatience, id: Int
    ) async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresConnection, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(DatabaseError(.connection, "The database is closed.")) }
                if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                if state.free.count > (priority == .background ? 1 : 0) {
                    if priority == .background { state.inBackground += 1 }
                    return .success(state.free.removeLast())
                }
                guard state.line.count < Self.longestLine else {
                    return .failure(DatabaseError(.busy, "Too many wait for the database; try again later."))
                }
                state.line.append(
                    Waiter(id: id, priority: priority, deadline: patience.deadline, continuation: continuation))
                return nil
            }
            if answer == nil, patience.deadline != nil { sweep() }
            switch answer {
            case .success(let connection): continuation.resume(returning: connection)
            case .failure(let error): continuation.resume(throwing: error)
            case nil: break
            }
        }
    }

    private func give(_ connection: PostgresConnection, from priority: WritePriority) {
        let most = all.count - 1
        let next: Waiter? = state.withLock { state in
            if priority == .background { state.inBackground -= 1 }
            let person = state.line.firstIndex { $0.priority == .interactive }
            let background = state.line.firstIndex { $0.priority == .background }
            // Its turn must not come before one of its own ends: people would wait for as long as it works.
            let isTurn = state.overtaken >= Self.patience && state.inBackground < most
            if let person, background == nil || !isTurn {
                state.overtaken += background == nil ? 0 : 1
                return state.line.remove(at: person)
            }
            // Without people in the line, background work waits for the second free connection.
            if let background, person != nil || !state.free.isEmpty {
                state.overtaken = 0
                state.inBackground += 1
                return state.line.remove(at: background)
            }
            state.free.append(connection)
            return nil
        }
        next?.continuation.resume(returning: connection)
    }

    /// Sends those away, now and then, whose time is over; one at a time does it for all who wait.
    private func sweep() {
        let isMine = state.withLock { state in
            defer { state.isSwept = true }
            return !state.isSwept
        }
        guard isMine else { return }
        Task {
            while let late = takeLate() {
                for waiter in late { waiter.continuation.resume(throwing: Self.silent) }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// - Returns: nil where nobody waits for whom time matters.
    private func takeLate() -> [Waiter]? {
        state.withLock { state in
            guard state.line.contains(where: { $0.deadline != nil }) else {
                state.isSwept = false
                return nil
            }
            let now = ContinuousClock.now
            let late = state.line.filter { $0.deadline.map { $0 <= now } ?? false }
            if !late.isEmpty { state.line.removeAll { $0.deadline.map { $0 <= now } ?? false } }
            return late
        }
    }

    /// Ends the connections, each after its present work.
    func close() async {
        let line = state.withLock { state in
            state.isClosed = true
            defer { state.line = [] }
            return state.line
        }
        for waiter in line {
            waiter.continuation.resume(throwing: DatabaseError(.connection, "The database is closed."))
        }
        for connection in all { await connection.end() }
    }
}
