import EntityModel

/// The edges between entities, by the canonical reference on whose entity they are shown.
///
/// An edge is kept once for each entity that declares it and shown once, so that an entity's deletion takes only its
/// own declarations away. Targets need not exist: edges survive deletion and re-creation of either end.
package struct RelationGraph: Sendable {
    package struct Edge: Sendable, Hashable, Comparable {
        package let type: String
        package let target: String

        package static func < (left: Edge, right: Edge) -> Bool {
            left.type != right.type ? left.type < right.type : left.target < right.target
        }
    }

    private var shown: [String: [Edge: Int]] = [:]

    /// Distinct edges shown on an entity, sorted by type and target as upstream sorts them.
    package func edges(of reference: String) -> [Edge] { (shown[reference] ?? [:]).keys.sorted() }

    /// Whether an entity shows any edge of that type.
    func shows(_ type: String, on reference: String) -> Bool {
        (shown[reference] ?? [:]).keys.contains { $0.type == type }
    }

    /// One edge that began or ceased to be shown.
    struct Difference {
        let source: String
        let edge: Edge
        let isShown: Bool
    }

    /// Takes `old` away and adds `new`; returns what that changed of what is shown.
    mutating func replace(_ old: [Relation], with new: [Relation]) -> [Difference] {
        if old == new { return [] }
        let kept = old.isEmpty || new.isEmpty ? [] : Set(old).intersection(new)
        var differences: [Difference] = []
        for relation in old where !kept.contains(relation) {
            let edge = Edge(type: relation.type, target: relation.target)
            guard let count = shown[relation.source]?[edge] else { continue }
            shown[relation.source]?[edge] = count > 1 ? count - 1 : nil
            if shown[relation.source]?.isEmpty == true { shown[relation.source] = nil }
            if count == 1 { differences.append(Difference(source: relation.source, edge: edge, isShown: false)) }
        }
        for relation in new where !kept.contains(relation) {
            let edge = Edge(type: relation.type, target: relation.target)
            let count = shown[relation.source]?[edge] ?? 0
            shown[relation.source, default: [:]][edge] = count + 1
            if count == 0 { differences.append(Difference(source: relation.source, edge: edge, isShown: true)) }
        }
        return differences
    }
}
