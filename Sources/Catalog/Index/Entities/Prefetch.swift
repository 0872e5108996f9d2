import EntityModel

extension CatalogIndex {
    /// Appends entities as JSON, with commas between.
    ///
    /// What a page needs lies all over a large memory, and a read that waits for memory costs as much as copying two
    /// hundred bytes. So the reads go out together, level by level, and bodies while those before them are written.
    package func append(_ slots: some RandomAccessCollection<UInt32>, to out: inout [UInt8], fields: FieldProjection?) {
        let wanted = Wanted(fields)
        var rest = slots[...]
        while !rest.isEmpty {
            // A cache holds only so much.
            let part = rest.prefix(Self.mostPrefetched)
            rest = rest.dropFirst(part.count)
            prefetch(part, wanted)
            var ahead = part
            for slot in ahead.prefix(Self.bodiesAhead) { prefetchBody(slot, fields) }
            ahead = ahead.dropFirst(Self.bodiesAhead)
            for slot in part {
                if let next = ahead.popFirst() { prefetchBody(next, fields) }
                append(slot, to: &out, fields: fields)
                out.append(UInt8(ascii: ","))
            }
        }
        if !slots.isEmpty { out.removeLast() }
    }

    private static let mostPrefetched = 32
    private static let bodiesAhead = 2
    private static let linkedPrefetched = 32

    /// What of an entity is written beside its body.
    private struct Wanted {
        let identity: Bool
        let relations: Bool

        init(_ fields: FieldProjection?) {
            relations = fields?.hasField(from: "relations") ?? true
            identity = fields.map { $0.has("metadata") || $0.has("metadata.uid") || $0.has("metadata.etag") } ?? true
        }
    }

    private func prefetch(_ slots: some Collection<UInt32>, _ wanted: Wanted) {
        for slot in slots {
            entries.prefetch(Int(slot))
            bodies.prefetchPlace(Int(slot))
            if wanted.relations { relations.prefetchPlace(slot) }
            if wanted.identity { edgeHashes.prefetch(Int(slot)) }
        }
        for slot in slots {
            if wanted.identity, let entry = entries[Int(slot)] { texts.prefetch(entry.uidOffset) }
            if wanted.relations { relations.prefetch(slot) }
        }
        guard wanted.relations else { return }
        for slot in slots {
            relations.links(of: slot) { links in
                for link in links.prefix(Self.linkedPrefetched) { references.prefetchPlace(link.other) }
            }
        }
        for slot in slots {
            relations.links(of: slot) { links in
                for link in links.prefix(Self.linkedPrefetched) { references.prefetch(link.other, texts) }
            }
        }
    }

    /// Where only some fields are wanted, they are mostly where the metadata begins, and right behind it.
    private func prefetchBody(_ slot: UInt32, _ fields: FieldProjection?) {
        if fields == nil { return bodies.prefetch(Int(slot), 0..<Self.mostBody) }
        guard let entry = entries[Int(slot)] else { return }
        let end = Int(entry.metadataEnd)
        bodies.prefetch(Int(slot), 0..<Self.nearStart)
        if end > Self.nearStart { bodies.prefetch(Int(slot), end..<(end + Self.behindMetadata)) }
    }

    /// Bytes of a body.
    private static let mostBody = 4_096
    private static let nearStart = 192
    private static let behindMetadata = 128
}
