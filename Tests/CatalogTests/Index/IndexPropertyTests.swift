import EntityModel
import Synchronization
import Testing

@testable import Catalog

/// Random catalogs and random questions: the index answers as a plain scan does.
@Suite struct IndexPropertyTests {
    private static let keys = [
        "kind", "metadata.name", "METADATA.Title", "metadata.tags", "metadata.tags.java", "spec.type", "spec.owner",
        "relations.ownedBy", "relations.OWNEROF", "metadata.uid", "metadata.namespace", "apiVersion", "nowhere",
    ]
    private static let values = [
        "component", "API", "group", "n1", "N12", "service", "Website", "java", "JAVA", "go", "Title 7", "true", "",
        "group:default/n3", "component:default/n3", "default", "uid-5", "é",
    ]

    private static func predicate(_ depth: Int, _ generator: inout SeededNumbers) -> EntityPredicate {
        func key() -> String { keys.randomElement(using: &generator) ?? "" }
        func value() -> String { values.randomElement(using: &generator) ?? "" }
        func parts() -> [EntityPredicate] {
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in predicate(depth - 1, &generator) }
        }
        switch Int.random(in: depth > 0 ? 0..<8 : 3..<8, using: &generator) {
        case 0: return .all(parts())
        case 1: return .any(parts())
        case 2: return .not(predicate(depth - 1, &generator))
        case 3: return .exists(key: key())
        case 4: return .hasPrefix(key: key(), prefix: String(value().prefix(Int.random(in: 0...3, using: &generator))))
        case 5:
            let text = String(value().suffix(Int.random(in: 1...3, using: &generator)))
            return .contains(keys: [key(), key()], text: text.isEmpty ? "a" : text)
        default:
            return .oneOf(key: key(), values: (0..<Int.random(in: 0...3, using: &generator)).map { _ in value() })
        }
    }

    /// A catalog that came to be by many small changes, and the same as a list.
    private static func catalog(_ generator: inout SeededNumbers) throws -> (CatalogIndex, NaiveCatalog) {
        var index = CatalogIndex()
        var naive = NaiveCatalog()
        for step in 1...25 {
            var upserts: [StoredEntity] = []
            var deletes: [Int64] = []
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let entity = Sample.random(id: Int64.random(in: 1...40, using: &generator), using: &generator)
                let isTaken = (upserts + naive.entities.values).contains {
                    ($0.id == entity.id) != ($0.reference == entity.reference)
                }
                if isTaken || upserts.contains(where: { $0.id == entity.id }) { continue }
                naive.entities[entity.reference] = entity
                upserts.append(entity)
            }
            if Bool.random(using: &generator),
                let victim = naive.entities.keys.sorted().randomElement(using: &generator),
                let entity = naive.entities[victim], !upserts.contains(where: { $0.id == entity.id })
            {
                naive.entities[victim] = nil
                deletes.append(entity.id)
            }
            try index.apply(upserts: upserts, deletes: deletes, epoch: "e", head: Int64(step))
        }
        return (index, naive)
    }

    @Test("any predicate finds what a scan finds", arguments: 1...10)
    func predicates(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let (index, naive) = try Self.catalog(&generator)
        var hits = 0
        for _ in 0..<120 {
            let predicate = Self.predicate(3, &generator)
            var found: Set<String> = []
            index.matches(predicate).forEach { found.insert(index.reference(of: $0) ?? "?") }
            #expect(found == (try naive.references(predicate)), "\(predicate)")
            hits += found.isEmpty || found.count == naive.entities.count ? 0 : 1
        }
        #expect(hits > 5, "the questions tell entities apart")
    }

    @Test("few matches, looked up, are those of the sets, on the same pages", arguments: 1...10)
    func few(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let (index, naive) = try Self.catalog(&generator)
        var hits = 0
        for _ in 0..<200 {
            let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ -> EntityPredicate in
                let key = Self.keys.randomElement(using: &generator) ?? ""
                let values = index.facet(key, within: nil).map(\.value).shuffled(using: &generator).prefix(3)
                return .oneOf(key: key, values: Array(values.prefix(Int.random(in: 1...3, using: &generator))))
            }
            let predicate = parts.count == 1 ? parts[0] : .all(parts)
            guard let few = index.fewMatches(predicate) else { continue }
            hits += few.isEmpty ? 0 : 1
            #expect(
                Set(few.map { index.reference(of: $0) ?? "?" }) == (try naive.references(predicate)), "\(predicate)")
            let order = EntityOrder(
                key: Self.keys.randomElement(using: &generator) ?? "", isDescending: .random(using: &generator))
            var after: PagePosition?
            for backwards in [false, false, true] {
                let page = index.page(ofFew: few, order: order, limit: 2, after: after, backwards: backwards)
                let expected = index.page(
                    of: index.matches(predicate), order: order, limit: 2, after: after, backwards: backwards)
                #expect(page.slots == expected.slots && page.hasMore == expected.hasMore)
                guard let last = page.slots.last else { break }
                after = index.position(of: last, order: order)
            }
        }
        #expect(hits > 5, "the questions are of that kind")
    }

    @Test("facets count what a scan counts, within any set", arguments: 1...8)
    func facets(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let (index, naive) = try Self.catalog(&generator)
        for key in Self.keys {
            let predicate = Self.predicate(2, &generator)
            let within = try naive.references(predicate)
            for isAll in [true, false] {
                let scope = isAll ? nil : index.matches(predicate)
                var expected: [String: Int] = [:]
                for entity in naive.entities.values where isAll || within.contains(entity.reference) {
                    for value in try naive.spellings(key, of: entity) { expected[value, default: 0] += 1 }
                }
                let counted = index.facet(key, within: scope)
                #expect(Dictionary(counted.map { ($0.value, $0.count) }) { $0 + $1 } == expected, "\(key)")
                #expect(Set(counted.map(\.value)).count == counted.count)
            }
        }
    }

    @Test("pages in any order hold what a sort of the scan holds, forward and from any cursor", arguments: 1...8)
    func orders(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let (index, naive) = try Self.catalog(&generator)
        for _ in 0..<12 {
            let predicate = Self.predicate(2, &generator)
            let order = EntityOrder(
                key: Self.keys.randomElement(using: &generator) ?? "", isDescending: .random(using: &generator))
            let expected = try naive.sorted(predicate, by: order)
            let matches = index.matches(predicate)
            let limit = Int.random(in: 1...9, using: &generator)
            var found: [String] = []
            var after: PagePosition?
            for _ in 0...expected.count {
                let page = index.page(of: matches, order: order, limit: limit, after: after)
                found += page.slots.compactMap { index.reference(of: $0) }
                guard page.hasMore, let last = page.slots.last else { break }
                after = index.position(of: last, order: order)
            }
            #expect(found == expected, "\(order) \(predicate)")
        }
    }

    @Test("who pages while entities come and go sees each that stays exactly once", arguments: 1...6)
    func cursorsUnderChange(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        var index = CatalogIndex()
        let all = (1...60).map { Sample.entity(id: Int64($0), name: "n\($0)", title: "Title \($0 % 7)") }
        try index.apply(upserts: all, deletes: [], epoch: "e", head: 1)
        let order = EntityOrder(key: "metadata.title", isDescending: seed.isMultiple(of: 2))
        var seen: [String] = []
        var deleted: Set<String> = []
        var after: PagePosition?
        for step in 0..<100 {
            let page = index.page(of: index.matches(.everything), order: order, limit: 4, after: after)
            seen += page.slots.compactMap { index.reference(of: $0) }
            guard let last = page.slots.last else { break }
            after = index.position(of: last, order: order)
            let victim = all[Int.random(in: 0..<60, using: &generator)]
            deleted.insert(victim.reference)
            let fresh = Sample.entity(id: Int64(1_000 + step), name: "new\(step)", title: "Title \(step % 7)")
            try index.apply(upserts: [fresh], deletes: [victim.id], epoch: "e", head: Int64(step + 2))
            if !page.hasMore { break }
        }
        #expect(Set(seen).count == seen.count)
        let stayed = Set(all.map(\.reference)).subtracting(deleted)
        #expect(stayed.isSubset(of: seen))
    }

    @Test("readers during changes see the old state or the new, never a mix")
    func readersSeeWholeStates() async throws {
        let published = PublishedIndex()
        func state(_ number: Int) -> [StoredEntity] {
            (1...200).map { Sample.entity(id: Int64($0), name: "n\($0)", owner: "team\(number)", tags: ["t\(number)"]) }
        }
        var first = CatalogIndex()
        try first.apply(upserts: state(0), deletes: [], epoch: "e", head: 0)
        published.publish(first)
        let last = 20
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    var looks = 0
                    while !Task.isCancelled {
                        let index = published.current
                        let head = index.head
                        let tags = index.facet("metadata.tags", within: nil)
                        #expect(tags.map(\.value) == ["t\(head)"] && tags.map(\.count) == [200])
                        let owned = index.matches(
                            .oneOf(key: "relations.ownedBy", values: ["group:default/team\(head)"]))
                        #expect(owned.count == 200)
                        var bytes: [UInt8] = []
                        if let slot = index.slot(reference: "component:default/n7") { index.append(slot, to: &bytes) }
                        let entity = try JSONParser.parse(bytes)
                        #expect(entity["metadata"]?["tags"] == [.string("t\(head)")])
                        #expect(
                            entity["relations"] == [
                                ["type": "ownedBy", "targetRef": .string("group:default/team\(head)")]
                            ])
                        looks += 1
                        if head == last { return looks }
                        await Task.yield()
                    }
                    return looks
                }
            }
            for number in 1...last {
                var next = published.current
                try next.apply(upserts: state(number), deletes: [], epoch: "e", head: Int64(number))
                published.publish(next)
                await Task.yield()
            }
            for try await looks in group { #expect(looks > 0) }
        }
    }
}
