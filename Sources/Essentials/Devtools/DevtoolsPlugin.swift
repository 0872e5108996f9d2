import Database
import Logging
import PortalKit

/// What operators see of the portal itself: what runs, how it is configured, how its background work fares.
///
/// Whom `devtools.allow` names sees `/devtools`: `DevtoolsPages` draws the tabs, each of which is a `DevtoolsPanel` that
/// any plugin may contribute. The panels of this plugin read the `PortalReport` of the server and change nothing. The
/// last of them is the gallery of all components of the interface. Start with `DevtoolsPages`.
public struct DevtoolsPlugin: Plugin {
    public static let id = "devtools"

    private let environment: PluginEnvironment

    public init?(_ environment: PluginEnvironment) { self.environment = environment }

    public var contributions: [any Contribution] {
        let pages = DevtoolsPages(
            operators: environment.operators, registry: environment.registry, report: environment.report,
            logger: environment.logger)
        return pages.contributions + panels
    }

    private var panels: [any Contribution] {
        let report = environment.report
        let (database, registry) = (environment.database, environment.registry)
        return [
            DevtoolsPanel("info", rank: 0, title: { $0.devtools.info }) { [environment] _, context in
                try await InfoPanel.read(environment, context).html
            },
            DevtoolsPanel("config", rank: 10, title: { $0.devtools.config }) { request, context in
                ConfigPanel(
                    lines: try report.service.configuration(), view: ConfigPanel.View(request.query), context: context
                ).html
            },
            DevtoolsPanel("tasks", rank: 20, title: { $0.devtools.tasks }) { _, context in
                TasksPanel(
                    services: try report.service.backgroundServices(), jobs: try await JobStore(database).reports(),
                    delays: TasksPanel.delays(
                        try registry.service.all(ScheduledJob.self), at: try await database.now()),
                    leases: try await HeldLease.all(in: database), context: context
                ).html
            },
            DevtoolsPanel("plugins", rank: 40, title: { $0.devtools.plugins }) { _, context in
                PluginsPanel(plugins: try report.service.plugins(), context: context).html
            },
            DevtoolsPanel("gallery", rank: 50, title: { $0.devtools.gallery }) { _, context in
                Gallery(context: context).index
            },
        ]
    }
}
