import Database
import HTTPTypes
import Logging
import PortalKit
import PortalUI

/// `/devtools` and its tabs.
struct DevtoolsPages: Sendable {
    let operators: Operators
    let registry: ServiceHandle<PluginRegistry>
    let logger: Logger
    /// Of one panel.
    var deadline: Duration = .seconds(5)

    static let path = "devtools"

    var contributions: [any Contribution] {
        [
            NavigationItem(
                "devtools", title: "Admin", path: "/devtools", icon: .wrench, section: .run, key: "d",
                isVisible: { [operators] in operators.contains($0) }),
            Page("devtools", path: "/devtools", navigation: "devtools", content: content),
            Page(
                "devtools-panel", path: "/devtools/{panel}", navigation: "devtools", isNoted: false, content: content),
        ]
    }

    private func content(_ request: PortalRequest, _ context: ViewContext) async throws -> PageContent {
        guard operators.contains(context.principal) else { return DevtoolsRefusal(context: context).content }
        let panels = try registry.service.all(DevtoolsPanel.self).sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
        let id = request.parameters["panel"]
        guard let panel = id == nil ? panels.first : panels.first(where: { $0.id == id }) else {
            throw PortalError(.notFound, context.language.devtools.noPanel(id ?? ""))
        }
        let part = try await part(panel, request, context)
        return DevtoolsPage(panels: panels, current: panel.id, part: part, context: context).content
    }

    /// What a panel shows, or why it shows nothing: the tabs stay in either case.
    private func part(_ panel: DevtoolsPanel, _ request: PortalRequest, _ context: ViewContext) async throws -> HTML {
        do {
            return try await Deadline.run(deadline) { try await panel.content(request, context) }
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("The panel \(panel.id) of the devtools failed: \(error)")
            // What others throw may quote what is secret; it is in the log.
            let told = (error as? PortalError)?.message ?? (error as? DatabaseError)?.message
            let words = context.language.devtools
            return Note.text(.bad, words.panelFailed(panel.title(context.language)), told ?? words.isLogged)
        }
    }
}

/// The tabs with one part below them.
struct DevtoolsPage: Sendable {
    let panels: [DevtoolsPanel]
    let current: String
    let part: HTML
    let context: ViewContext

    var content: PageContent {
        let words = context.language.devtools
        let panel = panels.first { $0.id == current }
        let isFirst = panels.first?.id == current
        return PageContent(
            isFirst ? words.devtools : panel?.title(context.language) ?? words.devtools,
            trail: isFirst ? [] : [.init(words.devtools, "/devtools")], navigation: "devtools",
            html: HTML { h in
                h.add(PageHead.html(words.devtools))
                h.add(TabBar.html(words.devtools, tabs))
                h.add(part)
            })
    }

    private var tabs: [TabBar.Tab] {
        panels.enumerated().map { number, panel in
            TabBar.Tab(
                panel.title(context.language),
                url: SafeURL.path([DevtoolsPages.path] + (number == 0 ? [] : [panel.id])),
                isCurrent: panel.id == current)
        }
    }
}

/// What everybody else sees: that it is not for them, and who can grant it.
struct DevtoolsRefusal: Sendable {
    let context: ViewContext

    var content: PageContent {
        let words = context.language.devtools
        return PageContent(
            words.refused, status: .forbidden,
            html: ErrorPanel.html(
                words.refused, code: 403, message: words.refusedWhy,
                content: HTML { h in
                    h.add(Card.quiet(words.refusedMend))
                    h.add(Code.block("devtools:\n  allow: [\(reference)]", label: words.example))
                },
                actions: Button.link(words.goToCatalog, "/catalog", isMain: true), context.language.interface))
    }

    /// Their own, so that it can be handed on as it is.
    private var reference: String { context.user?.userEntityRef ?? "user:default/ada" }
}
