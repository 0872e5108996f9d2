import PortalKit

/// Visits that wait to be written down: at most so many of anybody, of at most so many people.
struct VisitBuffer: Sendable {
    /// Visits of more people at once are not noted.
    static let mostPeople = 10_000

    /// The visits of one person.
    struct Portion: Sendable {
        let user: UserPrincipal
        /// By path.
        fileprivate(set) var byPath: [String: Visit] = [:]

        var visits: [Visit] { Array(byPath.values) }
    }

    private var portions: [SettingsOwner: Portion] = [:]

    var isEmpty: Bool { portions.isEmpty }

    mutating func add(_ visit: Visit, of user: UserPrincipal) {
        if portions[user.settingsOwner] == nil, portions.count >= Self.mostPeople { return }
        portions[user.settingsOwner, default: Portion(user: user)].add(visit)
    }

    func visits(of user: UserPrincipal) -> [Visit] { portions[user.settingsOwner]?.visits ?? [] }

    mutating func remove(_ user: UserPrincipal) { portions[user.settingsOwner] = nil }

    /// Empties the buffer.
    mutating func take() -> [Portion] {
        defer { portions = [:] }
        return Array(portions.values)
    }
}

extension VisitBuffer.Portion {
    /// Beyond what is kept of anybody the oldest goes.
    fileprivate mutating func add(_ visit: Visit) {
        if let known = byPath[visit.pathname] {
            byPath[visit.pathname] = Visits.merged([known], [visit]).first
            return
        }
        if byPath.count >= Visits.most, let oldest = byPath.values.min(by: { $0.timestamp < $1.timestamp }) {
            byPath[oldest.pathname] = nil
        }
        byPath[visit.pathname] = visit
    }
}
