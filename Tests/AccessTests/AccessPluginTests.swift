import Access
import PortalTesting
import Testing

@Suite struct AccessPluginTests {
    @Test("the plugin holds what every plugin must") func isCompatible() async throws {
        #expect(try await PluginCompatTest(AccessPlugin.self).problems() == [])
    }
}
