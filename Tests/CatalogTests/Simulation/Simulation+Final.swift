import EntityModel
import PortalKit

@testable import Catalog

/// What holds once nothing is due any more.
extension Simulation {
    func finalProblems() -> [String] {
        let snapshot = ledger.snapshot
        let roots = Set(world.config.value).union(snapshot.locations).sorted()
        let expected = world.files.value.evaluated(roots: roots)
        return queueProblems(snapshot) + registrationProblems(snapshot)
            + sourceProblems(snapshot, expected, roots: Set(roots))
            + entityProblems(snapshot, expected, roots: roots) + indexProblems(snapshot)
    }

    private func queueProblems(_ snapshot: Snapshot) -> [String] {
        let state = ledger.state.value
        return snapshot.sources.values.sorted { $0.id < $1.id }.flatMap { source -> [String] in
            var problems: [String] = []
            if source.until != 0 { problems.append("\(source.path) is still held") }
            if state.requested[source.id, default: 0] > state.answered[source.id, default: -1] {
                problems.append("\(source.path) was asked for and not read")
            }
            if source.isFailing { problems.append("\(source.path) still fails") }
            return problems
        }
    }

    private func registrationProblems(_ snapshot: Snapshot) -> [String] {
        world.people.value.registered.sorted { $0.key < $1.key }.compactMap { path, known in
            switch known {
            case .isSo where !snapshot.locations.contains(path): "\(path) was registered and is not"
            case .isNotSo where snapshot.locations.contains(path): "\(path) was unregistered and is not"
            default: nil
            }
        }
    }

    private func sourceProblems(_ snapshot: Snapshot, _ expected: EvaluatedWorld, roots: Set<String>) -> [String] {
        var problems: [String] = []
        let paths = Set(snapshot.sources.values.map(\.path))
        for path in paths.symmetricDifference(expected.documents.keys).sorted() {
            problems.append("the source \(path) is \(paths.contains(path) ? "left" : "missing")")
        }
        let name = { (id: Int64) in snapshot.sources[id]?.path ?? "\(id)" }
        let ways = Set(snapshot.ways.map { [name($0.parent), name($0.child), $0.entity] })
        for way in ways.symmetricDifference(expected.ways).sorted(by: { "\($0)" < "\($1)" }) {
            problems.append(
                "the way \(way.joined(separator: " ")) is \(ways.contains(way) ? "left" : "missing")")
        }
        for source in snapshot.sources.values.sorted(by: { $0.id < $1.id }) {
            if source.isRoot != roots.contains(source.path) { problems.append("\(source.path) is a root or not") }
            if source.isRoot, source.origin != source.path {
                problems.append("the root \(source.path) has the origin \(source.origin)")
            }
            if !roots.contains(source.origin) { problems.append("the origin of \(source.path) is \(source.origin)") }
        }
        return problems
    }

    private func entityProblems(_ snapshot: Snapshot, _ expected: EvaluatedWorld, roots: [String]) -> [String] {
        var problems: [String] = []
        var declared = expected.declared
        for root in roots {
            declared[GeneratedLocation.reference(of: LocationReference(type: "file", target: root))] = [root: -1]
        }
        var claims = snapshot.claims.map { "\($0.reference) of \(snapshot.sources[$0.source]?.path ?? "")" }.sorted()
        for entity in snapshot.entities.values.sorted(by: { $0.id < $1.id }) {
            let notes = EntityNotes(column: entity.notes)
            guard let declarers = declared.removeValue(forKey: entity.reference) else {
                if !(world.strategy == .keep && notes.isOrphan) { problems.append("\(entity.reference) is left") }
                continue
            }
            guard let source = entity.source.flatMap({ snapshot.sources[$0] }), let version = declarers[source.path]
            else {
                problems.append("\(entity.reference) is of \(entity.source ?? 0), which does not declare it")
                continue
            }
            problems += Self.problems(of: entity, notes, source, version) + stale(entity.reference, notes, snapshot)
            let rivals = declarers.keys.filter { $0 != source.path }.map { "file:\($0)" }
            if notes.rivals != rivals.sorted() {
                problems.append("\(entity.reference) names \(notes.rivals) for \(rivals.sorted())")
            }
            for rival in rivals {
                let claim = "\(entity.reference) of \(rival.dropFirst(5))"
                guard let place = claims.firstIndex(of: claim) else {
                    problems.append("the claim on \(claim) is missing")
                    continue
                }
                claims.remove(at: place)
                problems += untold(entity.reference, at: String(rival.dropFirst(5)), snapshot)
            }
        }
        problems += declared.keys.sorted().map { "\($0) is missing" }
        return problems + claims.map { "the claim on \($0) is left" }
    }

    private static func problems(
        of entity: Snapshot.Entity, _ notes: EntityNotes, _ source: Snapshot.Source, _ version: Int
    ) -> [String] {
        var problems: [String] = []
        let stored = Entity((try? JSONParser.parse(entity.body))?.object ?? [:])
        let title = stored.metadata["title"]?.string
        if version >= 0, title != "v\(version)" {
            problems.append("\(entity.reference) of \(source.path) is \(title ?? "nothing") and not v\(version)")
        }
        if stored.annotation("backstage.io/managed-by-location") != "file:\(source.path)" {
            problems.append("\(entity.reference) says that it is of another place than \(source.path)")
        }
        let origin = version < 0 ? source.path : source.origin
        if stored.annotation("backstage.io/managed-by-origin-location") != "file:\(origin)" {
            problems.append("\(entity.reference) says that it is of another origin than \(source.origin)")
        }
        if notes.isOrphan || notes.isPartial || notes.outage != nil || !notes.own.isEmpty {
            problems.append("\(entity.reference) still says \(entity.notes ?? "")")
        }
        return problems
    }

    /// Who leads to a declaration that is not shown says so.
    private func untold(_ reference: String, at path: String, _ snapshot: Snapshot) -> [String] {
        guard let source = snapshot.sources.values.first(where: { $0.path == path }) else { return [] }
        var tellers = Set(snapshot.ways.filter { $0.child == source.id }.map(\.entity))
        if source.isRoot {
            tellers.insert(GeneratedLocation.reference(of: LocationReference(type: "file", target: path)))
        }
        let conflict = EntityClaims.Conflict(reference: reference, place: "file:\(path)")
        return tellers.sorted().compactMap { teller in
            guard let entity = snapshot.entities.values.first(where: { $0.reference == teller }) else { return nil }
            let told = EntityNotes(column: entity.notes).sources["file:\(path)"] ?? []
            return told.contains(where: conflict.says)
                ? nil : "\(teller) does not say that \(reference) in \(path) is not shown"
        }
    }

    /// What a Location says of places that it no longer leads to, or of what is mended.
    private func stale(_ reference: String, _ notes: EntityNotes, _ snapshot: Snapshot) -> [String] {
        notes.sources.sorted { $0.key < $1.key }.flatMap { place, told -> [String] in
            guard let source = snapshot.sources.values.first(where: { "file:\($0.path)" == place }) else {
                return ["\(reference) still tells of \(place)"]
            }
            let isRoot =
                source.isRoot
                && reference
                    == GeneratedLocation.reference(
                        of: LocationReference(type: "file", target: source.path))
            if !isRoot, !snapshot.ways.contains(where: { $0.child == source.id && $0.entity == reference }) {
                return ["\(reference) tells of \(place), to which it does not lead"]
            }
            let claims = snapshot.claims.filter { $0.source == source.id }
            return told.filter { problem in
                !claims.contains { EntityClaims.Conflict(reference: $0.reference, place: place).says(problem) }
            }.map { "\(reference) still says \($0.message)" }
        }
    }

    private func indexProblems(_ snapshot: Snapshot) -> [String] {
        replicas.flatMap { replica in
            let index = replica.index.current
            let late = index.head == snapshot.head ? [] : ["replica \(replica.number) stays at \(index.head)"]
            return late + Self.differences(index, snapshot.entities)
        }
    }
}
