/// Entities that one source no longer has and nobody else declares, for the log.
struct EntityLoss: Sendable, Hashable {
    private static let mostNames = 5
    private static let mostSources = 20

    /// Of the source.
    let place: String
    var removed: [String] = []
    var orphaned: [String] = []

    /// What the log says of several: a line for each source and for what became of its entities, the rest in a count.
    static func lines(_ losses: [EntityLoss]) -> [String] {
        let told = losses.prefix(mostSources).flatMap { loss in
            [line("Removed", loss.removed, loss.place), line("Orphaned", loss.orphaned, loss.place)].compactMap { $0 }
        }
        let rest = losses.dropFirst(mostSources)
        if rest.isEmpty { return told }
        let count = rest.reduce(0) { $0 + $1.removed.count + $1.orphaned.count }
        return told + ["So were \(count) entities of \(rest.count) further sources."]
    }

    private static func line(_ verb: String, _ names: [String], _ place: String) -> String? {
        if names.isEmpty { return nil }
        let count = names.count == 1 ? "1 entity" : "\(names.count) entities"
        return "\(verb) \(count) of \(place): \(FewNames.text(names.sorted(), most: mostNames))."
    }
}

/// Some names of what may be many.
enum FewNames {
    /// `a, b and 3 more`
    /// - Parameter total: where `names` are not all.
    static func text(_ names: [String], most: Int, total: Int? = nil) -> String {
        let rest = (total ?? names.count) - min(names.count, most)
        return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
