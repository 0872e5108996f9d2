import EntityModel
import HTTPTypes
import Logging
import PortalKit

/// `GET /metrics`: the figures of the server and of every plugin, for Prometheus.
///
/// A program needs a token of `backend.auth.externalAccess`; where that is restricted, to the plugin `metrics`. Of people
/// only operators may look. The server's own figures come with its `PortalReport`, those of plugins from their
/// `MetricSource`s; `Exposition` writes them.
public struct MetricsPlugin: Plugin {
    public static let id = "metrics"

    private static let permission = Permission("metrics.read", .read)

    private let environment: PluginEnvironment

    public init?(_ environment: PluginEnvironment) { self.environment = environment }

    public var contributions: [any Contribution] {
        [
            Self.permission,
            APIRoutes([Route(.get, "/metrics", access: .permission(Self.permission), handler: answer)]),
            RouteDescription(
                .get, "/metrics", name: "GetMetrics", group: "Health", "Figures for Prometheus",
                answers: [.content(200, ["text/plain": .text], "Prometheus' text format.")]),
        ]
    }

    private func answer(_ request: PortalRequest) async throws -> PortalResponse {
        if case .user = request.principal, !environment.operators.contains(request.principal) {
            throw Operators.refusal
        }
        var response = PortalResponse.text(Exposition.text(try await families()))
        response.headers[.contentType] = Exposition.contentType
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// What one plugin cannot tell keeps nobody from the rest.
    private func families() async throws -> [MetricFamily] {
        var families = try environment.report.service.metrics()
        for source in try environment.registry.service.all(MetricSource.self) {
            do { families += try await source.collect() } catch {
                environment.logger.warning("Some metrics could not be read: \(error)")
            }
        }
        return families
    }
}
