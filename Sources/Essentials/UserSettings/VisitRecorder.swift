import Database
import EntityModel
import Foundation
import Logging
import PortalKit
import Synchronization

/// Notes visits in memory, and writes them down every few seconds and at the end: one transaction for each person.
///
/// Of a program that is killed, the last seconds are lost.
final class VisitRecorder: VisitService {
    static let interval = Duration.seconds(5)
    static let longestTitle = 200
    /// Of a path in bytes; longer ones are not noted.
    static let longestPath = 1_024
    private static let mostWriters = 8

    private let settings: any UserSettingsService
    private let clock: any PortalClock
    private let logger: Logger
    private let waiting = Mutex(VisitBuffer())

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
        waiting.withLock { $0.add(visit, of: user) }
    }

    func recent(of principal: Principal, limit: Int) async throws -> [Visit] {
        Array(try await all(of: principal).prefix(max(limit, 0)))
    }

    func most(of principal: Principal, limit: Int) async throws -> [Visit] {
        Array(Visits.byHits(try await all(of: principal)).prefix(max(limit, 0)))
    }

    func forget(_ principal: Principal) {
        guard case .user(let user) = principal else { return }
        waiting.withLock { $0.remove(user) }
    }

    /// What is written down and what waits to be.
    private func all(of principal: Principal) async throws -> [Visit] {
        guard case .user(let user) = principal else { return [] }
        let stored = try await Visits(settings, of: user).all()
        return Visits.merged(stored, waiting.withLock { $0.visits(of: user) })
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
        let taken = waiting.withLock { $0.take() }
        var failure: (any Error)?
        await withTaskGroup(of: (VisitBuffer.Portion, (any Error)?).self) { group in
            var rest = taken[...]
            for portion in rest.prefix(Self.mostWriters) { group.addTask { await self.write(portion) } }
            rest = rest.dropFirst(Self.mostWriters)
            for await (portion, error) in group {
                if let error {
                    failure = error
                    keep(portion, after: error)
                }
                if let next = rest.popFirst() { group.addTask { await self.write(next) } }
            }
        }
        if let failure { logger.warning("Some visits could not be written down: \(failure)") }
    }

    private func write(_ portion: VisitBuffer.Portion) async -> (VisitBuffer.Portion, (any Error)?) {
        do {
            try await Visits(settings, of: portion.user).record(portion.visits)
            return (portion, nil)
        } catch { return (portion, error) }
    }

    /// A database may come back; whoever keeps too much already is not helped by waiting.
    private func keep(_ portion: VisitBuffer.Portion, after error: any Error) {
        guard error is DatabaseError else { return }
        waiting.withLock { buffer in
            for visit in portion.visits { buffer.add(visit, of: portion.user) }
        }
    }
}

extension Date {
    /// Whole milliseconds since 1970.
    var settingsMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
