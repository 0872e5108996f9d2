import EntityModel

extension CatalogIndex {
    /// Appends entities as JSON, with commas between.
    ///
    /// What a page needs lies all over a large memory, and a read that waits for memory costs as much as copying two
    /// hundred bytes. So the reads go out together, level by level, and bodies while those before them are written.
    package func append(_ slots: some RandomAccessCollection<UInt32>, to out: inout [UInt8], fields: FieldProjection?) {
        var rest = slots[...]
        while !rest.isEmpty {
            // A cache holds only so much.
            let part = rest.prefix(Self.mostPrefetched)
            rest = rest.dropFirst(part.count)
            prefetch(part, hasRelations: fields?.hasField(from: "relations") ?? true)
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

    private func prefetch(_ slots: some Collection<UInt32>, hasRelations: Bool) {
        for slot in slots {
            entries.prefetch(Int(slot))
            bodies.prefetchPlace(Int(slot))
            relations.prefetchPlace(slot)
            edgeHashes.prefetch(Int(slot))
        }
        for slot in slots {
            if let entry = entries[Int(slot)] { texts.prefetch(entry.uidOffset) }
            if hasRelations { relations.prefetch(slot) }
        }
        guard hasRelations else { return }
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

    /// Where only some fields are wanted, they are rarely beyond the metadata and what comes next.
    private func prefetchBody(_ slot: UInt32, _ fields: FieldProjection?) {
        guard let entry = entries[Int(slot)] else { return }
        bodies.prefetch(Int(slot), fields == nil ? Self.mostBody : min(Int(entry.metadataEnd) + 128, Self.mostBody))
    }

    /// Bytes of a body.
    private static let mostBody = 4_096
}
