import EntityModel
import Testing

@testable import Catalog

/// A buffer that copies of a value share until one of them changes it.
private protocol SharedBuffer {
    var address: Int { get }
    var byteCount: Int { get }
}

extension Array: SharedBuffer {
    fileprivate var address: Int { unsafeBitCast(self, to: Int.self) }
    fileprivate var byteCount: Int { capacity * MemoryLayout<Element>.stride }
}

extension Dictionary: SharedBuffer {
    fileprivate var address: Int { unsafeBitCast(self, to: Int.self) }
    fileprivate var byteCount: Int { capacity * (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride) }
}

/// What a batch of changes costs while readers keep the last index.
@Suite struct CopiedBytesTests {
    /// Every buffer in a value, by its address.
    private func buffers(of value: Any) -> [Int: Int] {
        var found: [Int: Int] = [:]
        func visit(_ value: Any) {
            if let buffer = value as? any SharedBuffer {
                if buffer.byteCount == 0 || found.updateValue(buffer.byteCount, forKey: buffer.address) != nil {
                    return
                }
                // Of plain numbers there is nothing within.
                if value is [UInt8] || value is [UInt32] || value is [UInt64] { return }
            }
            for child in Mirror(reflecting: value).children { visit(child.value) }
        }
        visit(value)
        return found
    }

    private func copied(entities count: Int, changed: ClosedRange<Int>) throws -> (copied: Int, all: Int) {
        func entity(_ number: Int, _ title: String) -> StoredEntity {
            Sample.entity(
                id: Int64(number), name: "component-number-\(number)", owner: "team-\(number % 50)",
                tags: number.isMultiple(of: 3) ? ["java"] : ["go", "swift"], title: title)
        }
        var old = CatalogIndex()
        try old.apply(upserts: (1...count).map { entity($0, "Title of \($0)") }, deletes: [], epoch: "e", head: 1)
        var new = old
        try new.apply(upserts: changed.map { entity($0, "Another title of \($0)") }, deletes: [], epoch: "e", head: 2)
        let before = buffers(of: old)
        let after = buffers(of: new)
        let fresh = after.filter { before[$0.key] == nil }
        return (fresh.values.reduce(0, +), after.values.reduce(0, +))
    }

    @Test("one changed entity copies a part that does not grow with the catalog")
    func oneChange() throws {
        let small = try copied(entities: 2_000, changed: 7...7)
        let large = try copied(entities: 8_000, changed: 7...7)
        #expect(small.copied > 0)
        #expect(large.copied < 512 << 10, "\(large.copied) bytes were copied")
        #expect(large.copied < small.copied * 3 / 2, "\(small.copied) bytes of 2,000, \(large.copied) of 8,000")
        #expect(large.copied < large.all / 8)
    }

    /// What one more version of a team costs, and one more thing that it owns.
    private func copiedOfHub(owning count: Int) throws -> (team: Int, owned: Int) {
        func team(_ title: String) -> StoredEntity { Sample.entity(id: 1, kind: "Group", name: "team", title: title) }
        func owned(_ number: Int) -> StoredEntity {
            Sample.entity(id: Int64(number), name: "component-number-\(number)", owner: "team", title: "\(number)")
        }
        var old = CatalogIndex()
        let all =
            [team("First")]
            + (2...4_000).map { $0 <= count + 1 ? owned($0) : Sample.entity(id: Int64($0), name: "n\($0)") }
        try old.apply(upserts: all, deletes: [], epoch: "e", head: 1)
        func fresh(_ changed: StoredEntity) throws -> Int {
            var new = old
            try new.apply(upserts: [changed], deletes: [], epoch: "e", head: 2)
            let before = buffers(of: old)
            return buffers(of: new).filter { before[$0.key] == nil }.values.reduce(0, +)
        }
        return (try fresh(team("Second")), try fresh(owned(5_000)))
    }

    @Test("a team that owns thousands costs no more to change than one that owns a few")
    func hub() throws {
        let few = try copiedOfHub(owning: 10)
        let many = try copiedOfHub(owning: 3_900)
        #expect(few.team > 0 && few.owned > 0)
        #expect(many.team < few.team * 2, "\(few.team) bytes of a small team, \(many.team) of a large one")
        // The list of who shows the relation grows by one entry, and with it one chunk or one bitmap.
        #expect(many.owned < few.owned * 3 / 2 + (32 << 10), "\(few.owned) bytes, \(many.owned) of a large one")
    }

    @Test("a batch copies less than as many single changes")
    func batch() throws {
        let one = try copied(entities: 4_000, changed: 1...1)
        let hundred = try copied(entities: 4_000, changed: 1...100)
        #expect(hundred.copied < one.copied * 10, "\(one.copied) for one, \(hundred.copied) for a hundred")
    }
}
