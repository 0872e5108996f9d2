import EntityModel
import Testing

@testable import Catalog

@Suite struct CatalogIndexTests {
    private let predicates: [EntityPredicate] = [
        .everything, .nothing, .not(.everything), .oneOf(key: "KIND", values: ["component"]),
        .oneOf(key: "spec.type", values: ["SERVICE"]), .exists(key: "spec.type"), .exists(key: "spec.owner"),
        .not(.exists(key: "metadata.title")), .oneOf(key: "metadata.tags", values: ["java", "go"]),
        .exists(key: "metadata.tags.swift"), .oneOf(key: "relations.ownedBy", values: ["group:default/n3"]),
        .exists(key: "relations.ownerof"), .hasPrefix(key: "metadata.name", prefix: "N1"),
        .contains(keys: ["metadata.name", "metadata.title"], text: "TLE 2"), .exists(key: "nowhere"),
        .all([
            .oneOf(key: "kind", values: ["component", "api"]), .not(.oneOf(key: "metadata.tags", values: ["go"])),
            .any([.exists(key: "relations.ownedby"), .oneOf(key: "metadata.name", values: ["n7"])]),
        ]),
    ]

    @Test("after any sequence of changes the index answers as a plain scan does", arguments: 1...12)
    func sameAsNaive(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        var index = CatalogIndex()
        var naive = NaiveCatalog()
        for step in 1...30 {
            var upserts: [StoredEntity] = []
            var deletes: [Int64] = []
            for _ in 0..<Int.random(in: 0..<8, using: &generator) {
                let entity = Sample.random(id: Int64.random(in: 1...200, using: &generator), using: &generator)
                if upserts.contains(where: { $0.reference == entity.reference || $0.id == entity.id }) { continue }
                if let other = naive.entities.values.first(where: { $0.id == entity.id }) {
                    naive.entities[other.reference] = nil
                }
                naive.entities[entity.reference] = entity
                upserts.append(entity)
            }
            if let victim = naive.entities.values.map(\.reference).sorted().randomElement(using: &generator),
                let entity = naive.entities[victim], !upserts.contains(where: { $0.id == entity.id })
            {
                naive.entities[victim] = nil
                deletes.append(entity.id)
            }
            try index.apply(upserts: upserts, deletes: deletes, epoch: "e", head: Int64(step))
        }
        #expect(index.count == naive.entities.count)
        for predicate in predicates {
            var found: Set<String> = []
            index.matches(predicate).forEach { found.insert(index.reference(of: $0) ?? "?") }
            #expect(found == (try naive.references(predicate)), "\(predicate)")
        }
        for entity in naive.entities.values {
            #expect(Set(index.graph.edges(of: entity.reference)) == naive.relations(of: entity.reference))
        }
    }

    @Test("orders and counts that were asked for before a change hold after it", arguments: 1...6)
    func madeBefore(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        var index = CatalogIndex()
        var current: [Int64: StoredEntity] = [:]
        for step in 1...40 {
            let entity = Sample.random(id: Int64.random(in: 1...40, using: &generator), using: &generator)
            let deletes = step.isMultiple(of: 5) ? Array(current.keys.sorted().prefix(1)) : []
            for id in deletes { current[id] = nil }
            let isTaken = current.values.contains { $0.reference == entity.reference && $0.id != entity.id }
            let upserts = deletes.contains(entity.id) || isTaken ? [] : [entity]
            for entity in upserts { current[entity.id] = entity }
            try index.apply(upserts: upserts, deletes: deletes, epoch: "e", head: Int64(step))
            var fresh = CatalogIndex()
            try fresh.apply(
                upserts: current.values.sorted { $0.id < $1.id }, deletes: [], epoch: "e", head: Int64(step))
            for key in ["relations.ownedBy", "relations.ownerof", "spec.type"] {
                #expect(Self.counts(index, key) == Self.counts(fresh, key), "\(key) in step \(step)")
                #expect(Self.order(index, key) == Self.order(fresh, key), "\(key) in step \(step)")
            }
        }
    }

    private static func counts(_ index: CatalogIndex, _ key: String) -> [String: Int] {
        Dictionary(index.facet(key, within: nil).map { ($0.value, $0.count) }) { $0 + $1 }
    }

    private static func order(_ index: CatalogIndex, _ key: String) -> [String?] {
        index.page(of: index.existing, order: EntityOrder(key: key), limit: 100).slots.map { index.uid(of: $0) }
    }

    @Test("an index that was changed equals one made afresh: etags and bytes too")
    func incrementalEqualsFresh() throws {
        var generator = SeededNumbers(99)
        var index = CatalogIndex()
        var current: [Int64: StoredEntity] = [:]
        for step in 1...60 {
            let entity = Sample.random(id: Int64(step % 25 + 1), using: &generator)
            if current.values.contains(where: { $0.reference == entity.reference && $0.id != entity.id }) { continue }
            current[entity.id] = entity
            try index.apply(upserts: [entity], deletes: [], epoch: "e", head: Int64(step))
        }
        var fresh = CatalogIndex()
        try fresh.apply(upserts: current.values.sorted { $0.id > $1.id }, deletes: [], epoch: "e", head: 60)
        for entity in current.values {
            let slots = (try #require(index.slot(uid: entity.uid)), try #require(fresh.slot(uid: entity.uid)))
            #expect(index.etag(of: slots.0) == fresh.etag(of: slots.1))
            var bytes: ([UInt8], [UInt8]) = ([], [])
            index.append(slots.0, to: &bytes.0)
            fresh.append(slots.1, to: &bytes.1)
            #expect(bytes.0 == bytes.1)
        }
    }

    @Test("an index that has forgotten more than it holds is made afresh, with the same entities and bytes")
    func wasteful() throws {
        var index = CatalogIndex()
        let numbers = Int64(1)...20
        func entity(_ id: Int64, _ round: Int) -> StoredEntity {
            let tags = (0..<10).map { "\(round) of \(id), \($0): \(String(repeating: "\u{3A9}", count: 170))" }
            return Sample.entity(id: id, name: "e\(id)", owner: "team-\(id % 7)", tags: tags)
        }
        var mostGarbage = 0
        var head: Int64 = 0
        for round in 0..<50 {
            head += 1
            // Some go and come again, so that numbers are used anew.
            try index.apply(upserts: [], deletes: numbers.filter { $0 % 5 == Int64(round % 5) }, epoch: "e", head: head)
            head += 1
            try index.apply(upserts: numbers.map { entity($0, round) }, deletes: [], epoch: "e", head: head)
            mostGarbage = max(mostGarbage, index.texts.garbage)
        }
        #expect(mostGarbage > 4_000_000 && index.texts.garbage < mostGarbage)
        #expect(index.head == head && index.count == numbers.count)
        var fresh = CatalogIndex()
        try fresh.apply(upserts: numbers.map { entity($0, 49) }, deletes: [], epoch: "e", head: head)
        for id in numbers {
            let slots = (try #require(index.slot(uid: "uid-\(id)")), try #require(fresh.slot(uid: "uid-\(id)")))
            var bytes: ([UInt8], [UInt8]) = ([], [])
            index.append(slots.0, to: &bytes.0)
            fresh.append(slots.1, to: &bytes.1)
            #expect(bytes.0 == bytes.1)
        }
    }

    @Test("the bytes that are sent are the entity with uid, etag and sorted relations")
    func bytes() throws {
        var index = CatalogIndex()
        let tricky = StoredEntity(
            id: 1, uid: "u-1", reference: "component:default/a",
            body: Array(
                #"{"apiVersion":"v","kind":"metadata","metadata":{"name":"a","x":{"y":"}\""}},"spec":{"metadata":{}}}"#
                    .utf8),
            edges: [
                Relation(source: "component:default/a", type: "partOf", target: "system:default/z"),
                Relation(source: "component:default/a", type: "ownedBy", target: "group:default/b"),
            ])
        try index.apply(upserts: [tricky], deletes: [], epoch: "e", head: 1)
        let slot = try #require(index.slot(reference: "component:default/a"))
        var out: [UInt8] = []
        index.append(slot, to: &out)
        let sent = try JSONParser.parse(out)
        #expect(sent == .object(index.object(of: slot)))
        #expect(sent["metadata"]?["uid"] == "u-1")
        #expect(sent["metadata"]?["etag"]?.string?.count == 32)
        #expect(
            sent["relations"] == [
                ["type": "ownedBy", "targetRef": "group:default/b"],
                ["type": "partOf", "targetRef": "system:default/z"],
            ])
    }

    @Test("a relation to an entity that comes later is found on it, and survives its deletion")
    func danglingRelations() throws {
        var index = CatalogIndex()
        let owned = Sample.entity(id: 1, name: "a", owner: "team")
        let team = Sample.entity(id: 2, kind: "Group", name: "team")
        let ownerOf = EntityPredicate.oneOf(key: "relations.ownerOf", values: ["component:default/a"])
        try index.apply(upserts: [owned], deletes: [], epoch: "e", head: 1)
        #expect(index.matches(ownerOf).count == 0)
        try index.apply(upserts: [team], deletes: [], epoch: "e", head: 2)
        #expect(index.matches(ownerOf).count == 1)
        try index.apply(upserts: [], deletes: [2], epoch: "e", head: 3)
        #expect(index.matches(ownerOf).count == 0)
        #expect(index.graph.edges(of: "component:default/a").count == 1)
        try index.apply(upserts: [team], deletes: [], epoch: "e", head: 4)
        #expect(index.matches(ownerOf).count == 1)
        try index.apply(upserts: [], deletes: [1], epoch: "e", head: 5)
        #expect(index.matches(ownerOf).count == 0)
    }

    @Test("facets keep how values were written, filters do not tell")
    func facets() throws {
        var index = CatalogIndex()
        let entities = [
            Sample.entity(id: 1, name: "a", tags: ["Java"]), Sample.entity(id: 2, name: "b", tags: ["java", "go"]),
            Sample.entity(id: 3, name: "c", type: "website", tags: ["java"]),
        ]
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        let all = Dictionary(
            uniqueKeysWithValues: index.facet("metadata.tags", within: nil).map { ($0.value, $0.count) })
        #expect(all == ["Java": 1, "java": 2, "go": 1])
        let services = index.matches(.oneOf(key: "spec.type", values: ["service"]))
        let some = index.facet("metadata.tags", within: services)
        #expect(Dictionary(uniqueKeysWithValues: some.map { ($0.value, $0.count) }) == ["Java": 1, "java": 1, "go": 1])
        #expect(index.facet("unknown", within: nil).isEmpty)
        #expect(index.matches(.oneOf(key: "metadata.tags", values: ["JAVA"])).count == 3)
    }
}
