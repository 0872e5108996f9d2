import PortalKit
import PortalUI

/// `/layout`: the layout of the home page as a form.
struct LayoutPage: Sendable {
    let layout: HomeLayout
    let widgets: [HomeWidget]
    let context: ViewContext

    static let url: SafeURL = "/layout"
    static let action: SafeURL = "/layout"
    private static let part = "layout"

    private var words: any EssentialsWords { context.words }

    var content: PageContent {
        PageContent(
            words.editLayout, trail: [.init(words.home, "/")], navigation: "home",
            html: HTML { h in
                h.add(
                    PageHead.html(
                        words.editLayout, subtitle: HTML { $0.text(words.layoutText) },
                        actions: Button.link(words.finish, "/", isMain: true)))
                h.add(
                    Columns.replaceable(
                        Self.part, said: words.widgets(placed.count),
                        PartForm.html(to: Self.action, part: Self.part, isLive: true, form)))
            })
    }

    private var placed: [(widget: HomeWidget, width: Int)] { layout.placed(widgets) }

    private var form: HTML {
        HTML { h in
            h.add(
                Card.html(
                    words.onThePage, count: context.language.interface.number(placed.count),
                    content: HTML { h in
                        h.add(placed.isEmpty ? Card.quiet(words.pageIsBare) : rows)
                        h.add(
                            ActionRow.html(
                                HTML { h in
                                    h.add(Button.press(words.saveWidths, name: LayoutRows.pressed, value: "save"))
                                    h.add(Button.press(words.reset, name: LayoutRows.pressed, value: "reset"))
                                }))
                    }))
            let missing = layout.missing(widgets)
            h.add(
                Card.html(
                    words.canBeAdded,
                    content: missing.isEmpty
                        ? Card.quiet(words.everythingIsShown)
                        : PressList.html(
                            missing.map { ("add:\($0.id)", $0.title(context.language)) }, name: LayoutRows.pressed,
                            text: words.add, label: words.add)))
        }
    }

    private var rows: HTML {
        let words = words
        return LayoutRows(
            placed.map { widget, width in
                .init(
                    widget.id, title: widget.title(context.language), width: width, widths: widget.width.allowed)
            },
            .init(
                width: { words.width($0) }, widthOf: { words.width(of: $0) }, up: { words.moveUp($0) },
                down: { words.moveDown($0) }, remove: { words.remove($0) })
        ).html
    }
}
