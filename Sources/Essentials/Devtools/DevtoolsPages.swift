import Database
import HTTPTypes
import Logging
import PortalKit
import PortalUI

/// `/devtools` and its tabs.
struct DevtoolsPages: Sendable {
    let operators: Operators
    let registry: ServiceHandle<PluginRegistry>
    let report: ServiceHandle<any PortalReport>
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
        ] + galleryContributions
    }

    private func content(_ request: PortalRequest, _ context: ViewContext) async throws -> PageContent {
        guard operators.contains(context.principal) else { return DevtoolsRefusal(context: context).content }
        let panels = try panels()
        let id = request.parameters["panel"]
        guard let panel = id == nil ? panels.first : panels.first(where: { $0.id == id }) else {
            throw PortalError(.notFound, context.language.devtools.noPanel(id ?? ""))
        }
        let part = try await part(panel, request, context)
        return try page(panels, panel.id, part, context).content
    }

    func panels() throws -> [DevtoolsPanel] {
        try registry.service.all(DevtoolsPanel.self).sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
    }

    /// - Parameter title: of a page below its panel's.
    func page(
        _ panels: [DevtoolsPanel], _ current: String, _ part: HTML, _ context: ViewContext, title: String? = nil
    ) throws -> DevtoolsPage {
        DevtoolsPage(
            panels: panels, current: current, part: part, title: title,
            refusal: try report.service.refusedConfiguration(), context: context)
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
    /// Of a page below the current panel's; nil for the panel itself.
    let title: String?
    let refusal: ConfigurationRefusal?
    let context: ViewContext

    var content: PageContent {
        let words = context.language.devtools
        let panel = panels.first { $0.id == current }
        let isFirst = panels.first?.id == current
        var way: [PageContent.Step] = [.init(words.devtools, "/devtools")]
        if !isFirst, let panel { way.append(.init(panel.title(context.language), url(panel.id))) }
        if let title { way.append(.init(title, url(current))) }
        return PageContent(
            way.last?.title ?? words.devtools, trail: way.dropLast(), navigation: "devtools",
            html: HTML { h in
                h.add(PageHead.html(words.devtools))
                h.add(TabBar.html(words.devtools, tabs, context.language.interface))
                if let refusal { h.add(warning(refusal, words)) }
                h.add(part)
            })
    }

    /// On every tab: what operators see here is not what they have written.
    private func warning(_ refusal: ConfigurationRefusal, _ words: any DevtoolsWords) -> HTML {
        let age = Time.relative(refusal.refusedAt, now: context.now, context.language.interface)
        return Note.html(
            .bad, words.isRefused,
            HTML { h in
                h(.p, text: words.isRefusedWhy(age))
                if refusal.mistakes.isEmpty { h(.p, text: words.isLogged) }
                h(.ul) { for mistake in refusal.mistakes { h(.li, text: mistake) } }
            })
    }

    private var tabs: [TabBar.Tab] {
        panels.map { TabBar.Tab($0.title(context.language), url: url($0.id), isCurrent: $0.id == current) }
    }

    private func url(_ panel: String) -> SafeURL {
        .path([DevtoolsPages.path] + (panel == panels.first?.id ? [] : [panel]))
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
