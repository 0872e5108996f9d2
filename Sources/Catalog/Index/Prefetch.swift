import EntityModel

extension CatalogIndex {
    /// Begins to fetch what sending entities will read.
    ///
    /// What a page needs lies all over a large memory, and each read that waits for memory costs as much as copying two
    /// hundred bytes. Here the reads go out together, level by level, so that they are waited for together: that halves
    /// what sending a page costs.
    package func prefetch(_ slots: some Collection<UInt32>, fields: FieldProjection?) {
        for slot in slots {
            entries.prefetch(Int(slot))
            bodies.prefetchPlace(Int(slot))
            relations.prefetchPlace(slot)
            edgeHashes.prefetch(Int(slot))
        }
        for slot in slots {
            guard let entry = entries[Int(slot)] else { continue }
            bodies.prefetch(Int(slot), lines: 4)
            relations.prefetch(slot)
            texts.prefetch(entry.uidOffset)
        }
        if let fields, !fields.hasField(from: "relations") { return }
        for slot in slots {
            relations.links(of: slot) { links in
                for link in links.prefix(Self.mostPrefetched) { references.prefetchPlace(link.other) }
            }
        }
        for slot in slots {
            relations.links(of: slot) { links in
                for link in links.prefix(Self.mostPrefetched) { references.prefetch(link.other, texts) }
            }
        }
    }

    /// Relations of one entity; a cache holds only so many lines.
    private static let mostPrefetched = 32
}
