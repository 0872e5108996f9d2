import EntityModel

/// The relations of one type on an entity: how many there are, a part of them, and those that lead to nothing.
struct RelationSummary: Sendable {
    let type: String
    var total = 0
    /// References of what is in the part that was asked for, each with its slot where it may be seen.
    var shown: [(reference: String, slot: UInt32?)] = []
    /// References of the first that are not there, or not for whoever asks.
    var missing: [String] = []
}

extension AuthorizedCatalog {
    private static let mostMissing = 20

    /// The relations of an entity by type, in upstream's order. A hub may have tens of thousands: they are counted, and
    /// only as many as are shown are looked at.
    func relations(of reference: String, most: Int, from start: Int = 0) -> [RelationSummary] {
        // Once: a copy for each of thousands of links costs more than all the rest.
        let index = index
        guard let number = index.references.existingNumber(of: reference, index.texts) else { return [] }
        let names = index.relations.types
        let isSeen = seeing
        var summaries: [RelationSummary] = []
        index.relations.links(of: number) { links in
            var type: UInt16?
            for link in links {
                if link.type != type {
                    type = link.type
                    summaries.append(RelationSummary(type: names[Int(link.type)]))
                }
                let last = summaries.count - 1
                let position = summaries[last].total
                summaries[last].total += 1
                let isThere = isSeen(link.other)
                if position >= start, position - start < most {
                    let text = index.references.text(link.other, index.texts)
                    summaries[last].shown.append((text, isThere ? link.other : nil))
                }
                if !isThere, summaries[last].missing.count < Self.mostMissing {
                    summaries[last].missing.append(index.references.text(link.other, index.texts))
                }
            }
        }
        return summaries
    }
}
