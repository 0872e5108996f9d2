import EntityModel

@testable import Catalog

/// The plain evaluator that the index is compared with: flattened rows, scanned.
struct NaiveCatalog {
    var entities: [String: StoredEntity] = [:]

    func relations(of reference: String) -> Set<RelationGraph.Edge> {
        let declared = entities.values.flatMap { $0.edges.relations(of: $0.reference) }.filter {
            $0.source == reference
        }
        return Set(declared.map { RelationGraph.Edge(type: $0.type, target: $0.target) })
    }

    func rows(of entity: StoredEntity) throws -> [(key: String, value: String?)] {
        let body = try JSONParser.parse(entity.body).object ?? [:]
        let own = SearchRows(body, uid: entity.uid).rows.map { (key: $0.key, value: $0.value?.lowercased()) }
        let edges = relations(of: entity.reference)
        return own + edges.map { (key: "relations.\($0.type)".lowercased(), value: Optional($0.target)) }
    }

    func references(_ predicate: EntityPredicate) throws -> Set<String> {
        var found: Set<String> = []
        for entity in entities.values where Self.holds(predicate, try rows(of: entity)) {
            found.insert(entity.reference)
        }
        return found
    }

    private static func holds(_ predicate: EntityPredicate, _ rows: [(key: String, value: String?)]) -> Bool {
        switch predicate {
        case .all(let parts): parts.allSatisfy { holds($0, rows) }
        case .any(let parts): parts.contains { holds($0, rows) }
        case .not(let part): !holds(part, rows)
        case .exists(let key): rows.contains { $0.key == key.lowercased() }
        case .oneOf(let key, let values):
            rows.contains { row in
                row.key == key.lowercased() && values.contains { $0.lowercased() == row.value }
            }
        case .hasPrefix(let key, let prefix):
            rows.contains { $0.key == key.lowercased() && $0.value?.hasPrefix(prefix.lowercased()) == true }
        case .contains(let keys, let text):
            rows.contains { row in
                keys.contains { $0.lowercased() == row.key } && row.value?.contains(text.lowercased()) == true
            }
        }
    }
}

/// Entities for the index tests.
enum Sample {
    static let kinds = ["Component", "API", "Group"]
    static let types = ["service", "Service", "website"]
    static let tags = ["java", "swift", "go", "Java"]

    static func entity(
        id: Int64, kind: String = "Component", name: String, type: JSONValue = "service", owner: String? = nil,
        tags: [String] = [], title: String? = nil
    ) -> StoredEntity {
        var metadata: JSONObject = ["namespace": "default", "name": .string(name)]
        if let title { metadata["title"] = .string(title) }
        if !tags.isEmpty { metadata["tags"] = .array(tags.map(JSONValue.string)) }
        var spec: JSONObject = ["type": type]
        if let owner { spec["owner"] = .string(owner) }
        let body: JSONObject = [
            "apiVersion": "backstage.io/v1alpha1", "kind": .string(kind), "metadata": .object(metadata),
            "spec": .object(spec),
        ]
        let reference = EntityReference(kind: kind, name: name).description
        var edges: [Relation] = []
        if let owner {
            let target = EntityReference(kind: "group", name: owner).description
            edges = [
                Relation(source: reference, type: "ownedBy", target: target),
                Relation(source: target, type: "ownerOf", target: reference),
            ]
        }
        return StoredEntity(
            id: id, uid: "uid-\(id)", reference: reference, body: JSONWriter.bytes(.object(body)), edges: edges)
    }

    static func random(id: Int64, using generator: inout SeededNumbers) -> StoredEntity {
        let tags = Self.tags.filter { _ in Bool.random(using: &generator) }
        return entity(
            id: id, kind: kinds.randomElement(using: &generator) ?? "API", name: "n\(id % 40)",
            type: Bool.random(using: &generator) ? .string(types.randomElement(using: &generator) ?? "") : nil,
            owner: Bool.random(using: &generator) ? "n\(Int.random(in: 0..<40, using: &generator))" : nil,
            tags: Array(Set(tags)).sorted(), title: Bool.random(using: &generator) ? "Title \(id)" : nil)
    }
}

extension NaiveCatalog {
    /// The values of a key as they are written, each once.
    func spellings(_ key: String, of entity: StoredEntity) throws -> Set<String> {
        let body = try JSONParser.parse(entity.body).object ?? [:]
        let own = SearchRows(body, uid: entity.uid).rows.map { (key: $0.key, value: $0.value) }
        let edges = relations(of: entity.reference).map { (key: "relations.\($0.type)".lowercased(), value: $0.target) }
        let all = own + edges.map { (key: $0.key, value: Optional($0.value)) }
        return Set(all.filter { $0.key == key.lowercased() }.compactMap(\.value))
    }

    /// References in an order: by the least value of the field, ties by uid, those without it last.
    func sorted(_ predicate: EntityPredicate, by order: EntityOrder) throws -> [String] {
        let found = try references(predicate)
        let items = try entities.values.filter { found.contains($0.reference) }.map { entity in
            (
                reference: entity.reference, uid: entity.uid,
                value: try rows(of: entity).filter { $0.key == order.key }.compactMap(\.value).min()
            )
        }
        func isBefore(_ left: String, _ right: String) -> Bool { order.isDescending ? left > right : left < right }
        return items.sorted { left, right in
            switch (left.value, right.value) {
            case (nil, nil): isBefore(left.uid, right.uid)
            case (nil, _): false
            case (_, nil): true
            case (let one?, let other?): one == other ? isBefore(left.uid, right.uid) : isBefore(one, other)
            }
        }.map(\.reference)
    }
}
