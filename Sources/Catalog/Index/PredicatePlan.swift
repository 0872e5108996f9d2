import EntityModel

extension CatalogIndex {
    /// The slots that match.
    package func matches(_ predicate: EntityPredicate) -> Bitmap {
        switch predicate {
        case .all(let parts):
            guard let first = parts.first else { return everything }
            return parts.dropFirst().reduce(into: matches(first)) { $0.formIntersection(matches($1)) }
        case .any(let parts):
            return parts.reduce(into: Bitmap(capacity: slots.count)) { $0.formUnion(matches($1)) }
        case .not(let part):
            var rest = everything
            rest.subtract(matches(part))
            return rest
        case .exists(let key):
            return columns[key.lowercased()]?.present.asBitmap(capacity: slots.count) ?? Bitmap()
        case .oneOf(let key, let values):
            return collect([key]) { column, bitmap in
                for value in values { column.collect(value.lowercased(), into: &bitmap) }
            }
        case .hasPrefix(let key, let prefix):
            let lowered = prefix.lowercased()
            return collect([key]) { $0.collect(into: &$1) { $0.hasPrefix(lowered) } }
        case .contains(let keys, let text):
            let lowered = text.lowercased()
            return collect(keys) { $0.collect(into: &$1) { $0.contains(lowered) } }
        }
    }

    /// Whether one entity matches.
    package func matches(_ predicate: EntityPredicate, slot: UInt32) -> Bool { matches(predicate).contains(slot) }

    private func collect(_ keys: [String], _ body: (KeyColumn, inout Bitmap) -> Void) -> Bitmap {
        var bitmap = Bitmap(capacity: slots.count)
        for key in keys {
            if let column = columns[key.lowercased()] { body(column, &bitmap) }
        }
        return bitmap
    }
}
