import Synchronization

/// What is derived from one version of the index, by key, each made when first asked for; and what is derived from no
/// key but from the references.
final class MadeColumns<Column: Sendable>: Sendable {
    /// Asking for ever new keys must not fill the memory.
    private static var most: Int { 16 }
    private let made: Mutex<[String?: Column]>

    init(_ columns: [String?: Column] = [:]) { made = Mutex(columns) }

    /// - Parameter key: nil for the references, which no request can ask for by name.
    func column(_ key: String?, _ make: () -> Column) -> Column {
        if let column = made.withLock({ $0[key] }) { return column }
        let column = make()
        made.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[key] = column
        }
        return column
    }

    /// What still holds after some keys have changed.
    func without(_ keys: Set<String>) -> MadeColumns {
        MadeColumns(made.withLock { $0.filter { made in !keys.contains { Self.depends(made.key, on: $0) } } })
    }

    /// A key may be derived from one above it.
    private static func depends(_ key: String?, on changed: String) -> Bool {
        key.map { $0 == changed || $0.hasPrefix(changed + ".") } ?? false
    }
}

extension CatalogIndex {
    /// All slots in the order of a key.
    func order(by key: String) -> SortedColumn { orders.column(key) { SortedColumn(self, key: key) } }

    func orderByReference() -> SortedColumn {
        orders.column(nil) { SortedColumn(byReferenceOf: self) }
    }

    /// The edges of a relation by who shows them; nil where no entity has one.
    /// - Parameter name: the lowercased type.
    func edges(lowered name: String) -> RelationColumn? {
        let types = relations.types(lowered: name)
        return types.isEmpty ? nil : edges.column("relations.\(name)") { RelationColumn(relations, types: types) }
    }
}
