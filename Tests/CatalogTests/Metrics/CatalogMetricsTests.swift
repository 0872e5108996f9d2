import Database
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct CatalogMetricsTests {
    private static let entity = """
        kind: Component
        apiVersion: backstage.io/v1alpha1
        metadata: { name: shop }
        spec: { type: service, lifecycle: production, owner: team }
        """

    @Test("Prometheus reads entities, queue, feed, readings and requests", arguments: TestDatabase.engines)
    func figures(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            "catalog: { locations: [{ type: file, target: /files/all.yaml }, { type: file, target: /files/none.yaml }] }",
            files: ["/files/all.yaml": Self.entity], engine: engine)
        try await portal.running {
            let wanted = [
                #"callboard_catalog_entities{kind="Component"} 1"#, "callboard_catalog_sources 2",
                "callboard_catalog_sources_failing 1", "callboard_catalog_feed_lag_seconds 0",
            ]
            // Whoever begins to watch the files asks for them once more, perhaps while they are read.
            let readings = ["1\n", "2\n"].map {
                #"callboard_catalog_readings_total{type="file",outcome="read"} \#($0)"#
            }
            #expect(
                await portal.eventually {
                    let text = await Self.text(of: portal)
                    return wanted.allSatisfy { text.contains("\n\($0)\n") }
                        && readings.contains(where: text.contains)
                })
            let text = await Self.text(of: portal)
            for line in wanted { #expect(text.contains("\n\(line)\n")) }
            #expect(text.contains(#"callboard_catalog_readings_total{type="file",outcome="failed"}"#))
            #expect(text.contains(#"callboard_http_requests_total{method="GET",route="/metrics",code="2xx"}"#))
            let types = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
            let served = Set(types.compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) })
            let documented = try Self.names(in: "docs/operating/metrics.md")
            #expect(served.subtracting(documented) == [])
            // The lifecycle of the program is not run here, and so has nothing to tell.
            let elsewhere = ["callboard_background_service_", "callboard_trace_"]
            let lacking = documented.subtracting(served).filter { name in !elsewhere.contains { name.hasPrefix($0) } }
            #expect(lacking == Self.ofOtherEngine(engine))
        }
    }

    /// What only the other engine has to tell.
    private static func ofOtherEngine(_ engine: Dialect) -> Set<String> {
        engine == .sqlite
            ? ["callboard_database_connections", "callboard_database_silences_total"]
            : ["callboard_database_commit_duration_seconds", "callboard_database_commit_writes"]
    }

    @Test("the dashboard draws what is documented, all of it") func dashboard() throws {
        let shown = try Self.names(in: "deploy/grafana/callboard.json").map {
            $0.hasSuffix("_bucket") ? String($0.dropLast("_bucket".count)) : $0
        }
        let documented = try Self.names(in: "docs/operating/metrics.md")
        #expect(Set(shown) == documented)
    }

    /// The names of metrics in a file of the repository.
    private static func names(in path: String) throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return Set(text.matches(of: /\b(?:callboard|process)_[a-z_]+/).map { String($0.output) })
    }

    private static func text(of portal: TestPortal) async -> String {
        let response = await portal.send(.get, "/metrics")
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        return String(decoding: response.body, as: UTF8.self)
    }
}
