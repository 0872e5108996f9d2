import EntityModel
import Testing

@testable import Catalog

/// An index that was loaded at once is the one that came to be by changes.
@Suite struct IndexLoadTests {
    private static let texts = [
        "", "a", "A", "b", "\u{e9}", "e\u{301}", "\u{130}", "\u{df}", "\u{1e9e}", "\u{3a3}", "true", "group:default/g1",
        String(repeating: "\u{130}", count: 200), String(repeating: "x", count: 201), "x\u{0}y", "z.a",
    ]
    private static let keys = [
        "spec.a", "spec.b", "spec.b.a", "spec.b.z", "spec.b.z.a", "metadata.uid", "metadata.name", "relations.r",
        "relations.s", "spec.list", "spec.\u{e9}",
    ]

    static func value(_ depth: Int, _ generator: inout SeededNumbers) -> JSONValue {
        let text = texts.randomElement(using: &generator) ?? ""
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .number(Double(Int.random(in: -3...3, using: &generator)))
        case 3, 4: return .string(text)
        case 5, 6: return .array((0..<3).map { _ in value(depth - 1, &generator) })
        default:
            let names = ["a", "b", "b.a", "z", "", "\u{e9}", ".a"]
            return .object(
                JSONObject(
                    names.filter { _ in Bool.random(using: &generator) }.map { ($0, value(depth - 1, &generator)) }))
        }
    }

    static let optionalMembers = ["title", "tags", "labels", "links", "description", "annotations"]

    static func entity(_ id: Int64, _ generator: inout SeededNumbers) -> StoredEntity {
        let reference = "component:default/e\(id)"
        var metadata: JSONObject = ["namespace": "default", "name": .string("e\(id)")]
        for member in optionalMembers where Bool.random(using: &generator) { metadata[member] = value(1, &generator) }
        let body: JSONObject = [
            "apiVersion": "v1", "kind": "Component", "metadata": .object(metadata),
            "spec": .object(
                JSONObject(["a", "b", "list", "\u{e9}"].map { ($0, value(2, &generator)) })),
        ]
        var edges: [Relation] = []
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            let other = "component:default/e\(Int.random(in: 1...30, using: &generator))"
            let type = ["r", "R", "s"].randomElement(using: &generator) ?? "r"
            let edge =
                Bool.random(using: &generator)
                ? Relation(source: reference, type: type, target: other)
                : Relation(source: other, type: type, target: reference)
            if !edges.contains(edge) { edges.append(edge) }
        }
        return StoredEntity(
            id: id, uid: "u\(Int.random(in: 0...1, using: &generator))-\(id)", reference: reference,
            body: JSONWriter.bytes(.object(body)), edges: edges)
    }

    private static func loaded(_ entities: [StoredEntity]) throws -> CatalogIndex {
        let load = IndexLoad()
        for entity in entities { try load.add([entity]) }
        return try load.finished(epoch: "e", head: 99)
    }

    private static func references(_ index: CatalogIndex, _ slots: [UInt32]) -> [String] {
        slots.map { index.reference(of: $0) ?? "gone" }
    }

    private static func set(_ index: CatalogIndex, _ matches: Bitmap) -> Set<String> {
        var slots: [UInt32] = []
        matches.forEach { slots.append($0) }
        return Set(references(index, slots))
    }

    @Test("both answer alike", arguments: 1...30)
    func bothAlike(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        var present: [Int64: StoredEntity] = [:]
        var grown = try seed.isMultiple(of: 2) ? Self.loaded([]) : CatalogIndex()
        for step in 1...30 {
            var upserts: [Int64: StoredEntity] = [:]
            for _ in 0..<4 {
                let id = Int64.random(in: 1...15, using: &generator)
                upserts[id] = Self.entity(id, &generator)
            }
            let gone = present.keys.sorted().filter {
                upserts[$0] == nil && Int.random(in: 0..<5, using: &generator) == 0
            }
            for id in gone { present[id] = nil }
            present.merge(upserts) { $1 }
            // Orders are made before the change, so that a stale one shows.
            for key in Self.keys { _ = grown.page(of: grown.existing, order: EntityOrder(key: key), limit: 1) }
            try grown.apply(upserts: Array(upserts.values), deletes: gone, epoch: "e", head: Int64(step))
            try compare(grown, try Self.loaded(present.keys.sorted().compactMap { present[$0] }))
        }
    }

    private func compare(_ grown: CatalogIndex, _ loaded: CatalogIndex) throws {
        #expect(grown.count == loaded.count)
        for number in 1...30 {
            let reference = "component:default/e\(number)"
            var one: [UInt8] = []
            var other: [UInt8] = []
            if let slot = grown.slot(reference: reference) { grown.append(slot, to: &one) }
            if let slot = loaded.slot(reference: reference) { loaded.append(slot, to: &other) }
            #expect(one == other)
            #expect(grown.graph.edges(of: reference) == loaded.graph.edges(of: reference))
        }
        for key in Self.keys {
            func facets(_ index: CatalogIndex) -> [String] {
                index.facet(key, within: nil).map { "\(Array($0.value.utf8)) \($0.count)" }.sorted()
            }
            #expect(facets(grown) == facets(loaded), "\(key)")
            #expect(
                Self.set(grown, grown.matches(.exists(key: key))) == Self.set(loaded, loaded.matches(.exists(key: key)))
            )
            for text in Self.texts {
                let questions: [EntityPredicate] = [
                    .oneOf(key: key, values: [text]), .hasPrefix(key: key, prefix: text),
                    .contains(keys: [key], text: text),
                ]
                for question in questions {
                    #expect(
                        Self.set(grown, grown.matches(question)) == Self.set(loaded, loaded.matches(question)),
                        "\(question)")
                }
            }
            for isDescending in [false, true] {
                let order = EntityOrder(key: key, isDescending: isDescending)
                let one = grown.page(of: grown.existing, order: order, limit: 100)
                let other = loaded.page(of: loaded.existing, order: order, limit: 100)
                #expect(Self.references(grown, one.slots) == Self.references(loaded, other.slots), "\(order)")
            }
        }
    }

    @Test("a text that changes into a canonically equivalent one leaves nothing behind")
    func equivalentTexts() throws {
        var index = CatalogIndex()
        try index.apply(
            upserts: [Sample.entity(id: 1, name: "n", title: "\u{e9}")], deletes: [], epoch: "e", head: 1)
        try index.apply(
            upserts: [Sample.entity(id: 1, name: "n", title: "e\u{301}")], deletes: [], epoch: "e", head: 2)
        #expect(index.matches(.oneOf(key: "metadata.title", values: ["e\u{301}"])).count == 1)
        try index.apply(upserts: [], deletes: [1], epoch: "e", head: 3)
        #expect(index.matches(.oneOf(key: "metadata.title", values: ["\u{e9}"])).count == 0)
    }

    @Test("of members that a foreign body has twice the last one counts, and nothing is left of the others")
    func duplicateMembers() throws {
        let bodies = [
            #"{"kind":"C","metadata":{"name":"e1"},"spec":{"a":"x","b":"y","a":"z"}}"#,
            #"{"kind":"C","metadata":{"name":"e1","title":"x"},"spec":{"a":"x"},"metadata":{"name":"e1"}}"#,
            #"{"kind":"C","metadata":{"name":"e1"},"spec":{"list":[{"a":1},{"a":2,"\u0061":3}],"a":"x"}}"#,
            #"{"kind":"C","metadata":{"name":"e1"},"spec":{"b":{"z":1},"b":{"a":[1,2]}}}"#,
        ]
        for body in bodies {
            let entity = StoredEntity(
                id: 1, uid: "u", reference: "component:default/e1", body: Array(body.utf8), edges: [Relation]())
            var grown = CatalogIndex()
            try grown.apply(upserts: [entity], deletes: [], epoch: "e", head: 99)
            let loaded = try Self.loaded([entity])
            #expect(Set(grown.columns.keys) == Set(loaded.columns.keys), "\(body)")
            for key in grown.columns.keys {
                func facets(_ index: CatalogIndex) -> [String] { index.facet(key, within: nil).map(\.value).sorted() }
                #expect(facets(grown) == facets(loaded), "\(key) of \(body)")
            }
        }
        // The same name in two objects is no duplicate: what is written by this program is read from its bytes.
        var reader = RowReader()
        let plain = #"{"kind":"C","metadata":{"name":"e1"},"spec":{"list":[{"a":1},{"a":2}],"b":{"a":1}}}"#
        let batch = try reader.read([
            StoredEntity(id: 1, uid: "u", reference: "c:d/e1", body: Array(plain.utf8), edges: [Relation]())
        ])
        #expect(batch.rows.count == 7)
    }

    @Test("an empty text after a full page has a place of its own")
    func emptyTexts() {
        var texts = TextArena()
        let full = [UInt8](repeating: 1, count: 1 << 16)
        _ = full.withUnsafeBufferPointer { texts.add($0) }
        let empty = texts.add("")
        #expect(texts.text(empty, 0) == "")
        _ = full.withUnsafeBufferPointer { texts.add($0) }
        _ = full.withUnsafeBufferPointer { texts.add($0) }
        let last = texts.add("")
        #expect(texts.text(last, 0) == "")
    }

    @Test("any offset that is a number is past the end, and no more")
    func largeOffsets() throws {
        var index = CatalogIndex()
        let entities = (1...2_000).map { Sample.entity(id: Int64($0), name: "n\($0)") }
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        let none = index.matches(.oneOf(key: "kind", values: ["nothing"]))
        let order = EntityOrder(key: "metadata.uid")
        #expect(index.page(of: none, order: order, limit: 20, offset: 9_007_199_254_740_991).slots.isEmpty)
    }

    @Test("fields are cut out of the bytes as out of the parsed entity", arguments: 1...40)
    func projections(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let entities = (1...10).map { Self.entity(Int64($0), &generator) }
        var index = try Self.loaded(entities)
        index.writesRelationTargets = seed.isMultiple(of: 2)
        let pieces =
            [
                "spec", "metadata", "a", "b", "z", "", "\u{e9}", "relations", "uid", "etag", "name", "list", "kind",
                "b.a",
            ] + Self.optionalMembers
        for _ in 0..<60 {
            let paths = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                var parts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator) ?? ""
                }
                if Bool.random(using: &generator) { parts[0] = Bool.random(using: &generator) ? "spec" : "metadata" }
                return parts.joined(separator: ".")
            }
            guard let fields = try FieldProjection(paths) else { continue }
            for entity in entities {
                let slot = try #require(index.slot(reference: entity.reference))
                var bytes: [UInt8] = []
                index.append(slot, to: &bytes, fields: fields)
                #expect(try JSONParser.parse(bytes) == .object(fields.apply(to: index.object(of: slot))), "\(paths)")
            }
        }
    }
}
