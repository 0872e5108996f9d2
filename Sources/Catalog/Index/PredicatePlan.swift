import EntityModel

extension CatalogIndex {
    /// The slots that match.
    package func matches(_ predicate: EntityPredicate) -> Bitmap {
        switch predicate {
        case .all(let parts):
            guard let first = parts.first else { return existing }
            return parts.dropFirst().reduce(into: matches(first)) { $0.formIntersection(matches($1)) }
        case .any(let parts):
            return parts.reduce(into: Bitmap(capacity: capacity)) { $0.formUnion(matches($1)) }
        case .not(let part):
            var rest = existing
            rest.subtract(matches(part))
            return rest
        case .exists(let key):
            let key = key.lowercased()
            if let type = Self.relation(key) { return showing(type) }
            var found = columns[key]?.present.asBitmap(capacity: capacity) ?? Bitmap(capacity: capacity)
            addElements(key, to: &found)
            return found
        case .oneOf(let key, let values):
            return oneOf(key.lowercased(), values.map { $0.lowercased() })
        case .hasPrefix(let key, let prefix):
            let prefix = prefix.lowercased()
            return collect([key], derivedMatches: "true".hasPrefix(prefix)) { column, found in
                column.forEachPrefixed(prefix, texts) { $0.slots.add(to: &found) }
            }
        case .contains(let keys, let text):
            let text = text.lowercased()
            return collect(keys, derivedMatches: "true".contains(text)) { column, found in
                column.forEachContaining(text, texts) { $0.slots.add(to: &found) }
            }
        }
    }

    /// Whether one entity matches.
    package func matches(_ predicate: EntityPredicate, slot: UInt32) -> Bool { matches(predicate).contains(slot) }

    /// The part of a key after `relations.`.
    static func relation(_ key: String) -> String? {
        key.hasPrefix("relations.") ? String(key.dropFirst("relations.".count)) : nil
    }

    private func oneOf(_ key: String, _ values: [String]) -> Bitmap {
        if values.count == 1, let sets = postings(key, values), sets.count == 1 {
            return sets[0].asBitmap(capacity: capacity)
        }
        var found = Bitmap(capacity: capacity)
        if let type = Self.relation(key) {
            for value in values { addSources(of: type, to: value, &found) }
            found.formIntersection(existing)
            return found
        }
        if let column = columns[key] {
            for value in values { column.forEachSpelling(value, texts) { $0.slots.add(to: &found) } }
        }
        if values.contains("true") { addElements(key, to: &found) }
        return found
    }

    /// The slots that match, where one condition leaves only few: these are looked up in the others, and no set of the
    /// whole catalog is made. Nil where that does not help.
    package func fewMatches(_ predicate: EntityPredicate) -> [UInt32]? {
        guard case .all(let parts) = predicate else { return postings(predicate).flatMap(Self.few) }
        var sets: [[PostingSet]] = []
        for part in parts {
            guard let found = postings(part) else { return nil }
            sets.append(found)
        }
        for first in sets.indices {
            guard var found = Self.few(sets[first]) else { continue }
            for other in sets.indices where other != first {
                found.removeAll { slot in !sets[other].contains { $0.contains(slot) } }
            }
            return found
        }
        return nil
    }

    private static func few(_ sets: [PostingSet]) -> [UInt32]? {
        guard sets.count == 1 else { return nil }
        switch sets[0] {
        case .single(let slot): return [slot]
        case .sorted(let slots): return slots
        case .bitmap: return nil
        }
    }

    /// The sets of a condition that asks for values of one kept key; nil for any other.
    private func postings(_ condition: EntityPredicate) -> [PostingSet]? {
        guard case .oneOf(let key, let values) = condition, values.count <= PostingSet.longestList else { return nil }
        return postings(key.lowercased(), values.map { $0.lowercased() })
    }

    private func postings(_ key: String, _ values: [String]) -> [PostingSet]? {
        if let type = Self.relation(key) { return values.count == 1 ? sources(of: type, to: values[0]) : nil }
        guard !values.contains("true"), let column = columns[key] else { return nil }
        var sets: [PostingSet] = []
        for value in values.count == 1 ? values : Array(Set(values)) {
            column.forEachSpelling(value, texts) { sets.append($0.slots) }
        }
        return sets
    }

    /// Who shows a relation to a reference, where that are few.
    private func sources(of type: String, to target: String) -> [PostingSet]? {
        guard let number = references.existingNumber(of: target, texts) else { return [] }
        let types = relations.types(lowered: type)
        return relations.links(to: number) { links in
            if links.count > PostingSet.longestList { return nil }
            var slots: [UInt32] = []
            slots.reserveCapacity(links.count)
            for link in links where types.contains(link.type) && existing.contains(link.other) {
                slots.append(link.other)
            }
            return [PostingSet(slots)]
        }
    }

    private func collect(
        _ keys: [String], derivedMatches: Bool, _ body: (KeyColumn, inout Bitmap) -> Void
    ) -> Bitmap {
        var found = Bitmap(capacity: capacity)
        for key in keys.map({ $0.lowercased() }) {
            if let column = Self.relation(key).map(relationColumn) ?? columns[key] { body(column, &found) }
            if derivedMatches { addElements(key, to: &found) }
        }
        return found
    }

    /// Adds the slots that have an array with an element whose text is the end of the key: `metadata.tags.java`.
    private func addElements(_ key: String, to found: inout Bitmap) {
        guard SearchRows.isShort(key) else { return }
        var rest = key[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            columns[String(key[..<dot])]?.forEachSpelling(String(rest), texts) { group in
                if group.isElement { group.slots.add(to: &found) }
            }
        }
    }
}

// MARK: Keys that are derived: relations, and elements of arrays

extension CatalogIndex {
    private func showing(_ type: String) -> Bitmap {
        var found = Bitmap(capacity: capacity)
        for number in relations.types(lowered: type) { found.formUnion(relations.showing[Int(number)]) }
        found.formIntersection(existing)
        return found
    }

    /// Adds who shows a relation to a lowercased reference.
    private func addSources(of type: String, to target: String, _ found: inout Bitmap) {
        guard let number = references.existingNumber(of: target, texts) else { return }
        let types = relations.types(lowered: type)
        relations.links(to: number) { links in
            for link in links where types.contains(link.type) { found.insert(link.other) }
        }
    }

    /// The column of a lowercased key, kept or made for relations and elements of arrays, and the texts it refers to.
    func columnWithTexts(_ key: String) -> (column: KeyColumn?, texts: TextArena) {
        if let type = Self.relation(key) { return (relationColumn(type), texts) }
        var elements = Bitmap(capacity: capacity)
        addElements(key, to: &elements)
        guard elements.count > 0 else { return (columns[key], texts) }
        var texts = texts
        var column = columns[key] ?? KeyColumn()
        elements.forEach { column.insert(.init(text: "true", isElement: false), slot: $0, &texts) }
        return (column, texts)
    }

    /// The targets of a relation as values.
    private func relationColumn(_ type: String) -> KeyColumn? {
        let types = relations.types(lowered: type)
        var groups: [KeyColumn.Group] = []
        var present = Bitmap(capacity: capacity)
        relations.targets(of: types).forEach { number in
            var slots = PostingSet.empty
            relations.links(to: number) { links in
                for link in links where types.contains(link.type) && existing.contains(link.other) {
                    slots.insert(link.other)
                    present.insert(link.other)
                }
            }
            if slots.count > 0 { groups.append(references.group(number, texts, slots)) }
        }
        if groups.isEmpty { return nil }
        return KeyColumn(present: .bitmap(present), groups: KeyOrder.sorted(groups, texts))
    }
}

extension PostingSet {
    @inline(__always)
    func add(to bitmap: inout Bitmap) {
        switch self {
        case .single(let one): bitmap.insert(one)
        case .sorted(let list): for slot in list { bitmap.insert(slot) }
        case .bitmap(let other): bitmap.formUnion(other)
        }
    }
}
