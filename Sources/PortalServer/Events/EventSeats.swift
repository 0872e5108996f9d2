import PortalKit
import Synchronization

/// How many may listen to events at once, and how long they are believed.
struct EventLimits: Sendable {
    /// Pages that one person may have open; all guests are one person.
    var mostPerPerson = 50
    /// Each takes a connection.
    var mostOfAll = 1_000
    /// Between signs of life, without which proxies end a connection, and by which one that is gone is noticed.
    var heartbeat: Duration = .seconds(15)
    /// After so long it is asked again whether somebody may still listen.
    var recheck: Duration = .seconds(60)

    /// Of streams that leave nothing out, which programs listen to; each of them reads the database.
    static let streams = EventLimits(mostPerPerson: 10, mostOfAll: 200)
}

/// Who listens to events now.
final class EventSeats: Sendable {
    /// Held for as long as somebody listens.
    final class Seat: Sendable {
        private let seats: EventSeats
        private let person: String

        fileprivate init(_ seats: EventSeats, _ person: String) {
            self.seats = seats
            self.person = person
        }

        deinit { seats.leave(person) }
    }

    private struct State {
        var all = 0
        var people: [String: Int] = [:]
    }

    let limits: EventLimits
    private let state = Mutex(State())

    init(_ limits: EventLimits = EventLimits()) { self.limits = limits }

    /// How many are taken.
    var count: Int { state.withLock(\.all) }

    /// - Returns: nil where the person has too many already.
    /// - Throws: `PortalError` of kind `unavailable` where there are too many of all.
    func take(for person: String) throws -> Seat? {
        let isFree = try state.withLock { state in
            guard state.people[person, default: 0] < limits.mostPerPerson else { return false }
            guard state.all < limits.mostOfAll else {
                throw PortalError(.unavailable, "Too many listen to changes; try again in a moment.")
            }
            state.people[person, default: 0] += 1
            state.all += 1
            return true
        }
        return isFree ? Seat(self, person) : nil
    }

    private func leave(_ person: String) {
        state.withLock { state in
            state.all -= 1
            let rest = state.people[person, default: 1] - 1
            state.people[person] = rest > 0 ? rest : nil
        }
    }
}
