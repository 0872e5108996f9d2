import EntityModel

/// The query structure of the whole catalog in memory: a value, so that a reader's copy never changes under it.
///
/// `FeedFollower` makes the next one from the last and publishes it whole; see `PublishedIndex`. A slot is the number
/// of an entity's reference: it stays with the reference, also while no such entity exists.
package struct CatalogIndex: Sendable {
    /// What is kept of one entity; its texts are in the arena, its body in `bodies`.
    struct Entry: BitwiseCopyable, Sendable {
        let id: Int64
        let uidOffset: UInt32
        let uidLength: UInt32
        let bodyHash: UInt64
        /// Where the metadata object of the body ends; zero where that could not be found.
        let metadataEnd: UInt32
        /// A key of the body is written with a backslash.
        let hasEscapedKey: Bool
        let metadataMembers: MetadataMembers
    }

    package private(set) var epoch = ""
    /// The number of the last change that is in.
    package private(set) var head: Int64 = 0
    package private(set) var count = 0
    var texts = TextArena()
    var references = ReferenceTable()
    var relations = RelationGraph()
    /// By slot.
    var entries = ChunkedArray<Entry?>()
    var bodies = PackedBytes()
    let shortBodies = ShortBodies()
    /// The edges that an entity's own processing emitted.
    var declared = PinnedLists<RelationGraph.Declaration>()
    /// Of every slot in use: the order-free hash of its edges.
    var edgeHashes = ChunkedArray<UInt64>()
    var existing = Bitmap()
    var columns: [String: KeyColumn] = [:]
    private var slotsOfID = SlotsOfID()
    private(set) var orders = MadeColumns<SortedColumn>()
    private(set) var edges = MadeColumns<RelationColumn>()
    /// Whether relations are written with their target in parts too, as older clients expect it; `PublishedIndex` hands
    /// it on from one index to the next.
    var writesRelationTargets = false
    private var referencesAtRebuild = 0

    package init() {}

    package func slot(reference: String) -> UInt32? {
        references.existingNumber(of: reference, texts).flatMap { existing.contains($0) ? $0 : nil }
    }

    package func slot(uid: String) -> UInt32? {
        var found: UInt32?
        columns["metadata.uid"]?.forEachSpelling(uid.lowercased(), texts) { group in
            group.slots.forEach { if self.uid(of: $0) == uid { found = $0 } }
        }
        return found
    }

    package func exists(_ reference: String) -> Bool { slot(reference: reference) != nil }
    package var graph: RelationView { RelationView(index: self) }

    /// Number of slots, in use or not.
    var capacity: Int { references.count }

    /// The canonical reference of a slot in use.
    package func reference(of slot: UInt32) -> String? {
        existing.contains(slot) ? references.text(slot, texts) : nil
    }

    package func uid(of slot: UInt32) -> String? {
        guard existing.contains(slot), let entry = entries[Int(slot)] else { return nil }
        return uid(of: entry)
    }

    private func uid(of entry: Entry) -> String { texts.text(entry.uidOffset, Int(entry.uidLength)) }

    /// Brings the index from one feed number to the next.
    /// - Throws: `JSONParseError` where a stored body is damaged; the caller then drops this copy.
    package mutating func apply(upserts: [StoredEntity], deletes: [Int64], epoch: String, head: Int64) throws {
        var touched: Set<String> = []
        let before = count
        var isSameSet = true
        for id in deletes {
            guard let slot = slotsOfID[id] else { continue }
            try remove(slot, &touched)
            isSameSet = false
        }
        for entity in upserts { if try upsert(entity, &touched) { isSameSet = false } }
        orders = isSameSet && count == before ? orders.without(touched) : MadeColumns()
        edges = edges.without(touched)
        self.epoch = epoch
        self.head = head
        if isWasteful { try rebuild() }
    }

    /// Takes over entities that are not in yet, all at once.
    mutating func load(_ builder: consuming IndexBuilder) {
        builder.finish(&self)
        orders = MadeColumns()
        edges = MadeColumns()
    }

    mutating func take(_ relations: RelationGraph, _ edgeHashes: ChunkedArray<UInt64>) {
        self.relations = relations
        self.edgeHashes = edgeHashes
    }

    // MARK: One entity

    private mutating func remove(_ slot: UInt32, _ touched: inout Set<String>) throws {
        guard let old = entries[Int(slot)] else { return }
        for row in try rows(of: slot, old) {
            edit(row.key, &touched) { $0.remove(row.columnValue, slot: slot, keepsKey: false, &$1) }
        }
        entries.set(Int(slot), to: nil)
        bodies.set(Int(slot), to: [])
        existing.remove(slot)
        slotsOfID[old.id] = nil
        texts.forget(Int(old.uidLength))
        count -= 1
        show(relations.replace(declared[Int(slot)], with: [], of: slot, references, texts), &touched)
        declared.set(Int(slot), to: [])
    }

    /// - Returns: whether the entity is new, or its uid is.
    private mutating func upsert(_ entity: StoredEntity, _ touched: inout Set<String>) throws -> Bool {
        let rows = try SearchRows.stored(of: entity.body, uid: entity.uid)
        if let slot = slotsOfID[entity.id], references.text(slot, texts) != entity.reference {
            try remove(slot, &touched)
        }
        let slot = number(of: entity.reference)
        let old = entries[Int(slot)]
        let isNew = old.map { uid(of: $0) != entity.uid } ?? true
        let rowsBefore = try old.map { Set(try self.rows(of: slot, $0)) } ?? []
        let rowsAfter = Set(rows)
        let keysAfter = Set(rowsAfter.map(\.key))
        for row in rowsBefore.subtracting(rowsAfter) {
            edit(row.key, &touched) {
                $0.remove(row.columnValue, slot: slot, keepsKey: keysAfter.contains(row.key), &$1)
            }
        }
        for row in rows where !rowsBefore.contains(row) {
            edit(row.key, &touched) { $0.insert(row.columnValue, slot: slot, &$1) }
        }
        let before = declared[Int(slot)]
        let after = declarations(of: entity)
        store(entity, .init(of: entity.body), after, at: slot, replacing: old)
        show(relations.replace(before, with: after, of: slot, references, texts), &touched)
        return isNew
    }

    /// Keeps an entity's own fields; rows and edges are the caller's to bring up to date.
    /// - Parameter takesBody: false where the caller sees to the body.
    mutating func store(
        _ entity: StoredEntity, _ facts: RowBatch.Facts, _ declared: [RelationGraph.Declaration], at slot: UInt32,
        replacing old: Entry?, takesBody: Bool = true
    ) {
        if let old {
            slotsOfID[old.id] = nil
            texts.forget(Int(old.uidLength))
        } else {
            count += 1
            existing.insert(slot)
        }
        slotsOfID[entity.id] = slot
        let entry = Entry(
            id: entity.id, uidOffset: texts.add(entity.uid), uidLength: UInt32(entity.uid.utf8.count),
            bodyHash: facts.bodyHash, metadataEnd: facts.metadataEnd, hasEscapedKey: facts.hasEscapedKey,
            metadataMembers: facts.metadataMembers)
        entries.set(Int(slot), to: entry)
        if takesBody { bodies.set(Int(slot), to: entity.body) }
        self.declared.set(Int(slot), to: declared)
    }

    /// The slot of a reference, reserved where there was none.
    /// - Parameter hash: of the reference, where it is known already.
    mutating func number(of reference: String, hash: UInt64? = nil) -> UInt32 {
        reference.withBytes { number(of: $0, hash: hash) }
    }

    private mutating func number(of reference: UnsafeBufferPointer<UInt8>, hash: UInt64?) -> UInt32 {
        let number = references.number(of: reference, hash: hash ?? StableHash.of(reference), &texts)
        while entries.count <= Int(number) {
            entries.append(nil)
            bodies.append()
            declared.append()
            edgeHashes.append(0)
        }
        relations.reserve(references.count)
        return number
    }

    /// - Parameter hashes: of the references that the edges lead to, where they are known already.
    mutating func declarations(
        of entity: StoredEntity, hashes: ArraySlice<UInt64> = []
    ) -> [RelationGraph.Declaration] {
        var declared: [RelationGraph.Declaration] = []
        declared.reserveCapacity(hashes.count)
        var hashes = hashes
        entity.edges.forEach { edge in
            let type = relations.type(String(decoding: edge.type, as: UTF8.self))
            let other = number(of: edge.other, hash: hashes.popFirst())
            declared.append(.init(other: other, type: type, isOutgoing: edge.isOutgoing))
        }
        return declared
    }

    /// Brings what depends on shown edges up to date.
    private mutating func show(_ differences: [RelationGraph.Difference], _ touched: inout Set<String>) {
        for difference in differences {
            let hash = hash(of: difference.link)
            let source = Int(difference.source)
            edgeHashes.set(source, to: edgeHashes[source] &+ (difference.isShown ? hash : 0 &- hash))
            touched.insert("relations.\(relations.types[Int(difference.link.type)].lowercased())")
        }
    }

    private func hash(of link: RelationGraph.Link) -> UInt64 {
        Self.hash(
            ofType: StableHash.of(relations.types[Int(link.type)]),
            ofTarget: references.with(link.other, texts) { StableHash.of($0) })
    }

    static func hash(ofType type: UInt64, ofTarget target: UInt64) -> UInt64 {
        (type &* 31 &+ target) &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func edit(
        _ key: String, _ touched: inout Set<String>, _ change: (inout KeyColumn, inout TextArena) -> Void
    ) {
        touched.insert(key)
        change(&columns[key, default: KeyColumn()], &texts)
        if columns[key]?.isEmpty == true { columns[key] = nil }
    }

    private func rows(of slot: UInt32, _ entry: Entry) throws -> [SearchRows.Row] {
        try SearchRows.stored(of: bodies[Int(slot)], uid: uid(of: entry))
    }

    // MARK: Waste

    private static let least = 4 << 20
    /// Entities that a rebuild reads at once: each batch tells of every key that was met.
    private static let batch = 1_000

    /// Whether more is forgotten than is worth keeping.
    private var isWasteful: Bool {
        texts.garbage > Self.least && texts.garbage * 2 > texts.size
            || references.count > 100_000 + 8 * max(count, referencesAtRebuild)
    }

    /// Makes the index afresh from its own entities. Their bodies, which are most of it, stay where they are.
    private mutating func rebuild() throws {
        var fresh = CatalogIndex()
        var builder = IndexBuilder(takesBodies: false)
        var reader = RowReader()
        var batch: [StoredEntity] = []
        func flush() throws {
            builder.add(batch, try reader.read(batch), to: &fresh)
            batch.removeAll(keepingCapacity: true)
        }
        try existing.forEach { slot in
            guard let entry = entries[Int(slot)] else { return }
            let reference = references.text(slot, texts)
            let edges = declared[Int(slot)].map { edge -> Relation in
                let other = references.text(edge.other, texts)
                let type = relations.types[Int(edge.type)]
                return edge.isOutgoing
                    ? Relation(source: reference, type: type, target: other)
                    : Relation(source: other, type: type, target: reference)
            }
            batch.append(
                StoredEntity(
                    id: entry.id, uid: uid(of: entry), reference: reference, body: bodies[Int(slot)], edges: edges))
            if batch.count == Self.batch { try flush() }
        }
        try flush()
        fresh.load(builder)
        var slots = [Int?](repeating: nil, count: fresh.references.count)
        existing.forEach { slot in
            if let new = fresh.references.existingNumber(of: references.text(slot, texts), fresh.texts) {
                slots[Int(new)] = Int(slot)
            }
        }
        fresh.bodies = bodies.renumbered(slots)
        fresh.epoch = epoch
        fresh.head = head
        fresh.referencesAtRebuild = fresh.references.count
        self = fresh
    }
}

/// The slots of stored ids, in parts so that a change copies little.
private struct SlotsOfID: Sendable {
    private var parts = [[Int64: UInt32]](repeating: [:], count: 256)

    subscript(id: Int64) -> UInt32? {
        get { parts[Int(id & 255)][id] }
        set { parts[Int(id & 255)][id] = newValue }
    }
}
