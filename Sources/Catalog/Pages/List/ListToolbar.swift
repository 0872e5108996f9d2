import EntityModel
import PortalKit
import PortalUI

/// What stands above the list beside its filters: saved views, columns, export.
struct ListToolbar: Sendable {
    let filters: CatalogFilters
    let personal: CatalogPage.Personal
    let groups: [(reference: EntityReference, title: String)]
    let context: ViewContext

    private var words: any CatalogWords { context.words }

    var html: HTML {
        Toolbar.html(
            start: HTML { h in
                for view in personal.views {
                    let group = title(of: view.group)
                    h.add(
                        Toolbar.view(
                            view.name, view.url, isCurrent: view.query == filters.query,
                            shared: group.map { ($0, words.sharedView(view.name, with: $0)) }))
                }
            },
            end: HTML { h in
                if personal.stars != nil { h.add(views) }
                h.add(columns)
                h.add(
                    Menu.html(
                        id: "export", label: words.export,
                        ExportFormat.allCases.map { .link($0.name, CatalogExport.url(filters, $0)) }))
            })
    }

    /// The form of a view that was refused, to be mended.
    private var refused: QueryParameters? {
        context.refusal.flatMap { $0.action == SavedViewsForm.url.text ? $0.form : nil }
    }

    private func title(of group: EntityReference?) -> String? {
        groups.first { $0.reference == group }?.title
    }

    private var views: HTML {
        Popover.html(id: SavedViewsForm.popover, label: words.views) { h in
            h(.form, .method("post"), .action(SavedViewsForm.url)) {
                h(.input, .type("hidden"), .name("query"), .value(filters.query))
                h.add(
                    TextField.html(
                        words.saveView, name: "name", value: refused?["name"] ?? "", placeholder: words.nameOfView,
                        help: groups.isEmpty ? words.saveViewHelp : words.saveSharedViewHelp,
                        problem: refused.flatMap { $0["name"] == nil ? nil : context.refusal?.reason(context.language) }
                    ))
                if !groups.isEmpty { h.add(owners) }
                h.add(Button.submit(words.save, isMain: true))
            }
            for view in personal.views where view.query == filters.query { h.add(removal(of: view)) }
        }
    }

    private var owners: HTML {
        let chosen = refused?["group"] ?? ""
        return SelectField.html(
            words.viewFor, name: "group",
            [.init("", label: words.viewForMe, isChosen: chosen.isEmpty)]
                + groups.map { group, title in
                    .init(group.description, label: title, isChosen: group.description == chosen)
                })
    }

    private func removal(of view: SavedView) -> HTML {
        let group = title(of: view.group)
        return Button.form(
            group.map { words.removeView(view.name, of: $0) } ?? words.removeView(view.name), to: SavedViewsForm.url,
            fields: [("remove", view.name), ("query", filters.query)]
                + (view.group.map { [("group", $0.description)] } ?? []))
    }

    private var columns: HTML {
        let shown = Set(filters.shownColumns)
        return Popover.html(id: "columns", label: words.columns) { h in
            h(.form, .action("/catalog"), .data("swap", CatalogPage.part)) {
                for field in filters.with({ $0.columns = nil }).parameters {
                    h(.input, .type("hidden"), .name(field.0), .value(field.1))
                }
                h.add(
                    Checkboxes.html(
                        words.columns, name: "columns",
                        ListColumn.offered(for: filters.kind).map {
                            .init($0.rawValue, label: $0.title(words), isChosen: shown.contains($0))
                        }))
                h.add(Button.submit(context.interface.apply, isMain: true))
            }
            if filters.columns != nil {
                h.add(Button.link(words.usualColumns, filters.with { $0.columns = nil }.url))
            }
        }
    }
}
