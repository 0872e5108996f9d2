import Synchronization

/// What is derived from one version of the index, by key, each made when first asked for.
final class MadeColumns<Column: Sendable>: Sendable {
    /// Asking for ever new keys must not fill the memory.
    private static var most: Int { 16 }
    private let made: Mutex<[String: Column]>

    init(_ columns: [String: Column] = [:]) { made = Mutex(columns) }

    func column(_ key: String, _ make: () -> Column) -> Column {
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
    private static func depends(_ key: String, on changed: String) -> Bool {
        key == changed || key.hasPrefix(changed + ".")
    }
}

extension CatalogIndex {
    /// No key of an entity: keys hold no line break in practice, and one that does is only made anew.
    private static let referenceKey = "\n"

    /// All slots in the order of a key.
    func order(by key: String) -> SortedColumn { orders.column(key) { SortedColumn(self, key: key) } }

    func orderByReference() -> SortedColumn {
        orders.column(Self.referenceKey) { SortedColumn(byReferenceOf: self) }
    }

    /// The edges of a relation by who shows them; nil where no entity has one.
    /// - Parameter name: the lowercased type.
    func edges(lowered name: String) -> RelationColumn? {
        let types = relations.types(lowered: name)
        return types.isEmpty ? nil : edges.column("relations.\(name)") { RelationColumn(relations, types: types) }
    }
}
