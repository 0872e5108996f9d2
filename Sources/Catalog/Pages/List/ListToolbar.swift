import PortalKit
import PortalUI

/// What stands above the list beside its filters: saved views, columns, export.
struct ListToolbar: Sendable {
    let filters: CatalogFilters
    let personal: CatalogPage.Personal
    let context: ViewContext

    private var words: any CatalogWords { context.words }

    var html: HTML {
        Toolbar.html(
            start: HTML { h in
                for view in personal.views {
                    h.add(Toolbar.view(view.name, view.url, isCurrent: view.query == filters.query))
                }
            },
            end: HTML { h in
                if personal.stars != nil { h.add(views) }
                h.add(columns)
                h.add(
                    Menu.html(
                        id: "export", label: words.export,
                        CatalogExport.Format.allCases.map { .link($0.name, CatalogExport.url(filters, $0)) }))
            })
    }

    private var views: HTML {
        Popover.html(id: "views", label: words.views) { h in
            h(.form, .method("post"), .action("/catalog/views")) {
                h(.input, .type("hidden"), .name("query"), .value(filters.query))
                h.add(
                    TextField.html(
                        words.saveView, name: "name", value: "", placeholder: words.nameOfView,
                        help: words.saveViewHelp))
                h.add(Button.submit(words.save, isMain: true))
            }
            let current = personal.views.filter { $0.query == filters.query }
            for view in current {
                h.add(
                    Button.form(
                        words.removeView(view.name), to: "/catalog/views",
                        fields: [("remove", view.name), ("query", filters.query)]))
            }
        }
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
