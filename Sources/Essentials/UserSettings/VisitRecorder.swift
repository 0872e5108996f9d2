import Database
import EntityModel
import Foundation
import Logging
import PortalKit
import Synchronization

/// Notes visits in memory, and writes them down every few seconds and at the end: one transaction for each person.
///
/// Of a program that is killed, the last seconds are lost. Each replica has a recorder of its own: what another noted in
/// the last seconds is written down all the same by somebody who has everything deleted here.
final class VisitRecorder: VisitService {
    static let interval = Duration.seconds(5)
    static let longestTitle = 200
    /// Of a path in bytes; longer ones are not noted.
    static let longestPath = 1_024
    private static let mostWriters = 8

    private let settings: any UserSettingsService
    private let clock: any PortalClock
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var waiting = VisitBuffer()
        /// How many portions of somebody are taken out and not yet written down.
        var underWay: [SettingsOwner: Int] = [:]
        /// Whose portions that are taken out no longer count.
        var forgotten: Set<SettingsOwner> = []
        var watchers: [SettingsOwner: [CheckedContinuation<Void, Never>]] = [:]
    }

    init(settings: any UserSettingsService, clock: any PortalClock, logger: Logger) {
        self.settings = settings
        self.clock = clock
        self.logger = logger
    }

    func record(_ path: String, title: String, entity: EntityReference?, by principal: Principal) {
        guard case .user(let user) = principal else { return }
        let path = String(path.prefix { $0 != "?" && $0 != "#" })
        guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath else { return }
        let title = String(String.UnicodeScalarView(title.unicodeScalars.prefix(Self.longestTitle)))
        let visit = Visit(
            name: title, pathname: path, timestamp: clock.now.settingsMilliseconds, entityRef: entity?.description)
        state.withLock { $0.waiting.add(visit, of: user) }
    }

    func recent(of principal: Principal, limit: Int) async throws -> [Visit] {
        Array(try await all(of: principal).prefix(max(limit, 0)))
    }

    func most(of principal: Principal, limit: Int) async throws -> [Visit] {
        Array(Visits.byHits(try await all(of: principal)).prefix(max(limit, 0)))
    }

    func forget(_ principal: Principal) async {
        guard case .user(let user) = principal else { return }
        let owner = user.settingsOwner
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                state.waiting.remove(user)
                guard state.underWay[owner] != nil else { return true }
                state.forgotten.insert(owner)
                state.watchers[owner, default: []].append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// What is written down and what waits to be.
    private func all(of principal: Principal) async throws -> [Visit] {
        guard case .user(let user) = principal else { return [] }
        let stored = try await Visits(settings, of: user).all()
        return Visits.merged(stored, state.withLock { $0.waiting.visits(of: user) })
    }

    /// Writes down until it is cancelled, and then once more.
    func run() async throws {
        while !Task.isCancelled {
            try? await clock.sleep(for: Self.interval)
            // A task of its own: it is not cancelled with this one.
            await Task { await self.flush() }.value
        }
        await Task { await self.flush() }.value
    }

    /// Writes down all that waits; what the database does not take now waits for the next time.
    func flush() async {
        let taken = state.withLock { state in
            let taken = state.waiting.take()
            for portion in taken { state.underWay[portion.user.settingsOwner, default: 0] += 1 }
            return taken
        }
        var failure: (any Error)?
        await withTaskGroup(of: (VisitBuffer.Portion, (any Error)?).self) { group in
            var rest = taken[...]
            for portion in rest.prefix(Self.mostWriters) { group.addTask { await self.write(portion) } }
            rest = rest.dropFirst(Self.mostWriters)
            for await (portion, error) in group {
                if let error { failure = error }
                finish(portion, error)
                if let next = rest.popFirst() { group.addTask { await self.write(next) } }
            }
        }
        if let failure { logger.warning("Some visits could not be written down: \(failure)") }
    }

    private func write(_ portion: VisitBuffer.Portion) async -> (VisitBuffer.Portion, (any Error)?) {
        if state.withLock({ $0.forgotten.contains(portion.user.settingsOwner) }) { return (portion, nil) }
        do {
            try await Visits(settings, of: portion.user).record(portion.visits)
            return (portion, nil)
        } catch { return (portion, error) }
    }

    /// Tells those who wait for it. What could not be written down waits for a database that comes back; whoever keeps
    /// too much already is not helped by waiting.
    private func finish(_ portion: VisitBuffer.Portion, _ error: (any Error)?) {
        let owner = portion.user.settingsOwner
        let watchers: [CheckedContinuation<Void, Never>] = state.withLock { state in
            if error is DatabaseError, !state.forgotten.contains(owner) {
                for visit in portion.visits { state.waiting.add(visit, of: portion.user) }
            }
            let rest = (state.underWay[owner] ?? 1) - 1
            guard rest == 0 else {
                state.underWay[owner] = rest
                return []
            }
            state.underWay[owner] = nil
            state.forgotten.remove(owner)
            return state.watchers.removeValue(forKey: owner) ?? []
        }
        for watcher in watchers { watcher.resume() }
    }
}

extension Date {
    /// Whole milliseconds since 1970.
    var settingsMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
