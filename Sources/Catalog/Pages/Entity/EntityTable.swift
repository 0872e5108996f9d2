import EntityModel
import PortalKit
import PortalUI

/// Entities with what is told of any of them, in rows.
struct EntityTable {
    private let label: String
    private let rows: [(reference: String, row: CatalogRow?)]
    private let context: ViewContext

    init(
        _ label: String, _ items: [(reference: String, slot: UInt32?)], _ catalog: AuthorizedCatalog,
        _ context: ViewContext
    ) {
        self.label = label
        self.context = context
        var titles = CatalogRow.Titles(catalog)
        rows = items.map { ($0.reference, $0.slot.map { CatalogRow($0, &titles) }) }
    }

    /// What is told of each: people have no lifecycle, and no owner.
    private var columns: [ListColumn] {
        let kinds = Set(rows.map { $0.reference.prefix { $0 != ":" } })
        if kinds == ["user"] { return [.mail, .groups] }
        if kinds.isSubset(of: ["user", "group"]) { return [.type, .parent, .mail] }
        return [.type, .lifecycle, .owner]
    }

    var html: HTML {
        let (words, columns) = (context.words, columns)
        return Table.html(
            label, [.init(words.name, width: .wide)] + columns.map { .init($0.title(words)) },
            rows: rows.map { .init(cells($0.reference, $0.row, columns)) }, context.interface)
    }

    private func cells(_ reference: String, _ row: CatalogRow?, _ columns: [ListColumn]) -> [HTML] {
        guard let row else { return [missing(reference)] + columns.map { _ in .empty } }
        return [EntityName.html(row.entity, warning: row.warning(context.words))] + columns.map { cell($0, row) }
    }

    private func cell(_ column: ListColumn, _ row: CatalogRow) -> HTML {
        let spec = row.entity.spec
        switch column {
        case .mail: return HTML { $0.text(spec["profile"]?["email"]?.string ?? "") }
        case .groups: return row.links("memberOf", context.interface)
        case .parent: return row.links("childOf", context.interface)
        case .lifecycle: return spec["lifecycle"]?.string.map { Lifecycle.html($0) } ?? .empty
        case .owner: return row.links("ownedBy", context.interface)
        default: return HTML { $0.text(spec["type"]?.string ?? row.entity.kind.lowercased()) }
        }
    }

    private func missing(_ text: String) -> HTML {
        guard let reference = try? EntityReference(parsing: text) else { return HTML { $0.text(text) } }
        return EntityName.missing(reference, context.interface)
    }
}
