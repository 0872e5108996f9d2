import PortalKit
import PortalUI

/// `/`: the search, and what somebody has on the page.
struct HomePage: Sendable {
    let parts: [(widget: HomeWidget, width: Int, content: HTML)]
    /// Programs have no layout of their own.
    let mayEdit: Bool
    let context: ViewContext

    private var words: any EssentialsWords { context.words }

    var content: PageContent {
        PageContent(
            words.home, navigation: "home",
            html: HTML { h in
                h.add(
                    PageHead.html(
                        words.home,
                        actions: mayEdit ? Button.link(words.editLayout, LayoutPage.url) : .empty))
                h.add(SearchField.html(context.interface))
                h.add(parts.isEmpty ? nothing : grid)
            })
    }

    private var grid: HTML {
        WidgetGrid.html(
            parts.map { part in
                .init(
                    width: part.width,
                    html: Card.html(
                        part.widget.title(context.language), id: "widget-\(part.widget.id)", content: part.content))
            })
    }

    private var nothing: HTML {
        EmptyState.html(
            words.nothingHere, words.nothingHereText,
            action: Button.link(words.openCatalog, "/catalog", isMain: true))
    }
}
