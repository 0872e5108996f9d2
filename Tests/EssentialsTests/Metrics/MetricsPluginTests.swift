import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Essentials

@Suite struct MetricsPluginTests {
    @Test func isCompatible() async throws { #expect(try await PluginCompatTest(MetricsPlugin.self).problems() == []) }

    @Test("programs and operators read them; other people and strangers do not") func access() async throws {
        let portal = try await DevtoolsPortal.make([MetricsPlugin.self])
        func status(_ name: String?) async -> HTTPResponse.Status {
            await portal.portal.send(.get, "/metrics", token: name).status
        }
        #expect(await status("program") == .ok)
        #expect(await status("ann") == .ok)
        #expect(await status("bob") == .forbidden)
        #expect(await status(nil) == .unauthorized)
    }

    @Test("what a plugin cannot tell keeps nobody from the rest") func failure() async throws {
        let portal = try await TestPortal.make(plugins: standardPlugins + [SilentPlugin.self])
        let text = await String(decoding: portal.send(.get, "/metrics").body, as: UTF8.self)
        #expect(text.contains("\nprocess_open_fds "))
        #expect(text.contains("\ncallboard_catalog_sources 0\n"))
    }
}

/// Cannot tell its figures.
private struct SilentPlugin: Plugin {
    static let id = "silent"

    init?(_ environment: PluginEnvironment) {}

    var contributions: [any Contribution] {
        [MetricSource { throw PortalError(.unavailable, "Nothing is known.") }]
    }
}
