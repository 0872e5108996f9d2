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

    var html: HTML {
        let words = context.words
        return Table.html(
            label,
            [
                .init(words.name, width: .wide), .init(words.type), .init(words.lifecycle), .init(words.owner),
            ], rows: rows.map { .init(cells($0.reference, $0.row)) }, context.interface)
    }

    private func cells(_ reference: String, _ row: CatalogRow?) -> [HTML] {
        guard let row else { return [missing(reference), .empty, .empty, .empty] }
        let spec = row.entity.spec
        return [
            EntityName.html(row.entity, warning: row.warning(context.words)),
            HTML { $0.text(spec["type"]?.string ?? row.entity.kind.lowercased()) },
            spec["lifecycle"]?.string.map { Lifecycle.html($0) } ?? .empty,
            row.links("ownedBy", context.interface),
        ]
    }

    private func missing(_ text: String) -> HTML {
        guard let reference = try? EntityReference(parsing: text) else { return HTML { $0.text(text) } }
        return EntityName.missing(reference, context.interface)
    }
}
