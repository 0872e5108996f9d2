import EntityModel

/// One entity as the store keeps it and the index takes it.
package struct StoredEntity: Sendable {
    /// Small and stable for one uid.
    package let id: Int64
    package let uid: String
    /// Canonical lowercase reference.
    package let reference: String
    /// Compact JSON of apiVersion, kind, metadata (namespace always, uid and etag never), spec and status;
    /// relations are not in it.
    package let body: [UInt8]
    /// What this entity's own processing emitted, in both directions, each once.
    package let edges: StoredEdges

    package init(id: Int64, uid: String, reference: String, body: [UInt8], edges: [Relation]) {
        self.init(id: id, uid: uid, reference: reference, body: body, edges: StoredEdges(edges, of: reference))
    }

    package init(id: Int64, uid: String, reference: String, body: [UInt8], edges: StoredEdges) {
        self.id = id
        self.uid = uid
        self.reference = reference
        self.body = body
        self.edges = edges
    }
}

/// What changed between two feed numbers. Once a complete one is applied, the state is that of the database.
package struct CatalogDelta: Sendable {
    package let epoch: String
    /// The number of the last change that is in.
    package let head: Int64
    /// Whether nothing newer was there; else the next follows after `head`.
    package let isComplete: Bool
    package let upserts: [StoredEntity]
    /// Ids of entities that are gone.
    package let deletes: [Int64]

    package init(epoch: String, head: Int64, isComplete: Bool, upserts: [StoredEntity], deletes: [Int64]) {
        self.epoch = epoch
        self.head = head
        self.isComplete = isComplete
        self.upserts = upserts
        self.deletes = deletes
    }
}

/// The change feed as the read index follows it.
package protocol CatalogFeed: Sendable {
    /// Everything, from one snapshot, in chunks of at most 2,000 that memory has room for.
    /// - Parameter begin: makes what takes the chunks; anew where a lost connection makes everything come from the start.
    func load<Sink: Sendable>(
        into begin: @escaping @Sendable () -> Sink, _ chunk: @escaping @Sendable (Sink, [StoredEntity]) throws -> Void
    ) async throws -> (sink: Sink, epoch: String, head: Int64)

    /// The first of what changed after `number`, no more than is held in memory at once, each touched entity once; nil
    /// when the epoch is another, or what came next is not kept any more.
    func delta(after number: Int64, epoch: String) async throws -> CatalogDelta?

    /// Wakes when there may be something new.
    func wakes() -> AsyncStream<Void>
}
