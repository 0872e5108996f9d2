import PortalKit

/// Variables that nobody set.
extension ConfigCheck {
    /// Values that one variable is missing for, as they are told.
    private static let mostPlaces = 5

    /// Absent because nobody set a variable; what nobody reads may be absent.
    mutating func nameUnset(_ keys: [ConfigKey]) {
        for (path, absence) in unset where keys.contains(where: { $0.covers(path) || $0.isBelow(path) }) {
            let text = ConfigPath.text(path)
            findings.append(
                Finding(
                    severity: .warning, message: "\(text) is absent (\(absence)).", origin: absence.origin, absent: text
                ))
        }
    }

    var unset: [(path: [String], absence: AppConfig.Absence)] {
        // A later file may have the value.
        config.absences.filter { !config.node($0.key).isPresent }.sorted { $0.key < $1.key }
            .map { (ConfigPath.parts($0.key), $0.value) }
    }

    /// Whether a value is written, and absent all the same.
    func isAbsent(_ path: String) -> Bool { config.absences[path] != nil && config.origin(of: path) == nil }

    /// One variable is one thing to do, however many values it is missing for: they are told with the first of them.
    mutating func tellVariablesOnce() {
        let groups = Dictionary(grouping: findings.filter { $0.absent != nil }) { variable(of: $0) }
        for (_, group) in groups where group.count > 1 {
            guard let first = group.first(where: { $0.severity == .error }) ?? group.first else { continue }
            let others = group.filter { $0 != first }
            let places = others.compactMap { other in
                other.absent.flatMap { path in config.absences[path].map { "\(path) (\($0.origin))" } }
            }
            let left = places.count - Self.mostPlaces
            let told = places.prefix(Self.mostPlaces) + (left > 0 ? ["\(left) more"] : [])
            var whole = first
            whole.message = "\(first.message.dropLast()); so \(told.count == 1 ? "is" : "are") \(Self.list(told))."
            findings = findings.filter { !others.contains($0) }.map { $0 == first ? whole : $0 }
        }
    }

    private func variable(of finding: Finding) -> String? {
        finding.absent.flatMap { config.absences[$0]?.variable }
    }

    private static func list(_ names: some Collection<String>) -> String {
        let names = Array(names)
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }
}
