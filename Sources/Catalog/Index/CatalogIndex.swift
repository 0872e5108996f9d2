import EntityModel
import Synchronization

/// The query structure of the whole catalog in memory: a value, so that a reader's copy never changes under it.
///
/// `FeedFollower` makes the next one from the last and publishes it whole; see `PublishedIndex`.
package struct CatalogIndex: Sendable {
    /// What is kept of one entity.
    package struct Slot: Sendable {
        let id: Int64
        package let reference: String
        package let uid: String
        let body: [UInt8]
        let bodyHash: UInt64
        var edgeHash: UInt64
        let edges: [Relation]
    }

    package private(set) var epoch = ""
    /// The number of the last change that is in.
    package private(set) var head: Int64 = 0
    package private(set) var count = 0
    package private(set) var graph = RelationGraph()
    private(set) var slots: [Slot?] = []
    private(set) var columns: [String: KeyColumn] = [:]
    private var slotOfReference: [String: UInt32] = [:]
    private var slotOfUID: [String: UInt32] = [:]
    private var slotOfID: [Int64: UInt32] = [:]
    private var free: [UInt32] = []
    private(set) var orders = SortedColumns()

    package init() {}

    package func slot(reference: String) -> UInt32? { slotOfReference[reference] }
    package func slot(uid: String) -> UInt32? { slotOfUID[uid] }
    package func exists(_ reference: String) -> Bool { slotOfReference[reference] != nil }
    subscript(slot: UInt32) -> Slot? { slots[Int(slot)] }

    /// Every slot in use.
    var everything: Bitmap {
        var bitmap = Bitmap(capacity: slots.count)
        for (index, slot) in slots.enumerated() where slot != nil { bitmap.insert(UInt32(index)) }
        return bitmap
    }

    /// Brings the index from one feed number to the next.
    /// - Throws: `JSONParseError` where a stored body is damaged; the caller then drops this copy.
    package mutating func apply(upserts: [StoredEntity], deletes: [Int64], epoch: String, head: Int64) throws {
        orders = SortedColumns()
        for id in deletes {
            if let slot = slotOfID[id] { try remove(slot) }
        }
        for entity in upserts { try upsert(entity) }
        self.epoch = epoch
        self.head = head
    }

    private mutating func remove(_ slot: UInt32) throws {
        guard let old = slots[Int(slot)] else { return }
        try unindex(slot, old)
        for edge in graph.edges(of: old.reference) {
            edit(column(edge)) { $0.remove(edge.target, slot: slot, keepsKey: false) }
        }
        slots[Int(slot)] = nil
        slotOfReference[old.reference] = nil
        slotOfUID[old.uid] = nil
        slotOfID[old.id] = nil
        free.append(slot)
        count -= 1
        show(graph.replace(old.edges, with: []))
    }

    private mutating func upsert(_ entity: StoredEntity) throws {
        let parsed = try JSONParser.parse(entity.body).object ?? [:]
        if let slot = slotOfID[entity.id], slots[Int(slot)]?.reference != entity.reference { try remove(slot) }
        if let slot = slotOfReference[entity.reference], let old = slots[Int(slot)] {
            try unindex(slot, old)
            slotOfUID[old.uid] = nil
            slotOfID[old.id] = nil
            slots[Int(slot)] = Slot(entity, edgeHash: old.edgeHash)
            link(entity, to: slot)
            index(slot, parsed, uid: entity.uid)
            show(graph.replace(old.edges, with: entity.edges))
        } else {
            let slot = free.popLast() ?? UInt32(slots.count)
            if Int(slot) == slots.count { slots.append(nil) }
            count += 1
            let waiting = graph.edges(of: entity.reference)
            slots[Int(slot)] = Slot(entity, edgeHash: waiting.reduce(0) { $0 &+ StableHash.of($1) })
            link(entity, to: slot)
            index(slot, parsed, uid: entity.uid)
            for edge in waiting { edit(column(edge)) { $0.insert(edge.target, slot: slot) } }
            show(graph.replace([], with: entity.edges))
        }
    }

    private mutating func link(_ entity: StoredEntity, to slot: UInt32) {
        slotOfReference[entity.reference] = slot
        slotOfUID[entity.uid] = slot
        slotOfID[entity.id] = slot
    }

    /// Brings the relation rows of entities up to date; edges of entities that do not exist wait in the graph.
    private mutating func show(_ differences: [RelationGraph.Difference]) {
        for difference in differences {
            guard let slot = slotOfReference[difference.source] else { continue }
            let hash = StableHash.of(difference.edge)
            if difference.isShown {
                slots[Int(slot)]?.edgeHash &+= hash
                edit(column(difference.edge)) { $0.insert(difference.edge.target, slot: slot) }
            } else {
                slots[Int(slot)]?.edgeHash &-= hash
                let keepsKey = graph.shows(difference.edge.type, on: difference.source)
                edit(column(difference.edge)) { $0.remove(difference.edge.target, slot: slot, keepsKey: keepsKey) }
            }
        }
    }

    private func column(_ edge: RelationGraph.Edge) -> String { "relations.\(edge.type)".lowercased() }

    private mutating func edit(_ key: String, _ change: (inout KeyColumn) -> Void) {
        change(&columns[key, default: KeyColumn()])
        if columns[key]?.isEmpty == true { columns[key] = nil }
    }

    private mutating func index(_ slot: UInt32, _ body: JSONObject, uid: String) {
        for row in SearchRows(body, uid: uid).rows {
            columns[row.key, default: KeyColumn()].insert(row.value, slot: slot)
        }
    }

    private mutating func unindex(_ slot: UInt32, _ old: Slot) throws {
        let body = try JSONParser.parse(old.body).object ?? [:]
        for row in SearchRows(body, uid: old.uid).rows {
            edit(row.key) { $0.remove(row.value, slot: slot, keepsKey: false) }
        }
    }
}

extension CatalogIndex.Slot {
    init(_ entity: StoredEntity, edgeHash: UInt64) {
        self.init(
            id: entity.id, reference: entity.reference, uid: entity.uid, body: entity.body,
            bodyHash: StableHash.of(entity.body), edgeHash: edgeHash, edges: entity.edges)
    }
}
