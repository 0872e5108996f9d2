import EntityModel
import Testing

@testable import Catalog

@Suite struct EntityPagesTests {
    /// Walks all pages forward from the start, then back from the end.
    private func walk(_ index: CatalogIndex, _ order: EntityOrder, limit: Int) throws -> ([[String]], [[String]]) {
        let matches = index.matches(.everything)
        func names(_ page: SlotPage) -> [String] { page.slots.compactMap { index.reference(of: $0) } }
        var forward: [[String]] = []
        var after: PagePosition?
        var last = SlotPage()
        for _ in 0..<100 {
            last = index.page(of: matches, order: order, limit: limit, after: after)
            forward.append(names(last))
            guard last.hasMore, let slot = last.slots.last else { break }
            after = index.position(of: slot, order: order)
        }
        var backward = [names(last)]
        for _ in 0..<100 {
            guard let slot = last.slots.first, let position = index.position(of: slot, order: order) else { break }
            last = index.page(of: matches, order: order, limit: limit, after: position, backwards: true)
            if last.slots.isEmpty { break }
            backward.insert(names(last), at: 0)
        }
        return (forward, backward)
    }

    @Test("pages hold every entity once, in order, both ways", arguments: [1, 2, 3, 7, 50], [false, true])
    func everyEntityOnce(limit: Int, isDescending: Bool) throws {
        var index = CatalogIndex()
        var generator = SeededNumbers(UInt64(limit))
        let entities = (1...33).map { Sample.random(id: Int64($0), using: &generator) }
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        for key in ["metadata.uid", "metadata.title", "spec.type", "nowhere"] {
            let order = EntityOrder(key: key, isDescending: isDescending)
            let (forward, backward) = try walk(index, order, limit: limit)
            let all = forward.flatMap { $0 }
            #expect(all.count == index.count)
            #expect(Set(all).count == index.count)
            #expect(backward.flatMap { $0 } == all)
            let values = all.map { index.slot(reference: $0).flatMap { index.position(of: $0, order: order)?.value } }
            let present = values.compactMap { $0 }
            #expect(present == (isDescending ? present.sorted(by: >) : present.sorted()))
            #expect(values.drop { $0 != nil }.allSatisfy { $0 == nil }, "entities without the field come last")
        }
    }

    @Test("a position whose entity is gone still tells where to go on")
    func deletedPosition() throws {
        var index = CatalogIndex()
        let entities = ["a", "b", "c", "d"].enumerated().map {
            Sample.entity(id: Int64($0.offset + 1), name: $0.element)
        }
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        let order = EntityOrder(key: "metadata.name")
        let position = try #require(
            index.slot(reference: "component:default/b").flatMap { index.position(of: $0, order: order) })
        try index.apply(upserts: [], deletes: [2], epoch: "e", head: 2)
        let page = index.page(of: index.matches(.everything), order: order, limit: 1, after: position)
        #expect(page.slots.compactMap { index.reference(of: $0) } == ["component:default/c"])
        #expect(page.hasMore)
    }

    @Test("bitmaps and lists agree")
    func postingSets() {
        var generator = SeededNumbers(5)
        var set = PostingSet.empty
        var naive: Set<UInt32> = []
        for _ in 0..<4000 {
            let slot = UInt32.random(in: 0..<1500, using: &generator)
            if Bool.random(using: &generator) || naive.count < 600 {
                set.insert(slot)
                naive.insert(slot)
            } else {
                set.remove(slot)
                naive.remove(slot)
            }
        }
        var listed: [UInt32] = []
        set.forEach { listed.append($0) }
        #expect(listed == naive.sorted())
        #expect(set.count == naive.count)
        #expect((0..<1500).allSatisfy { set.contains($0) == naive.contains($0) })
        let other = Bitmap(Array(stride(from: 0, to: 1500, by: 3)))
        #expect(set.countShared(with: other) == naive.filter { $0 % 3 == 0 }.count)
    }
}
