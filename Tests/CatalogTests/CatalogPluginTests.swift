import Catalog
import PortalTesting
import Testing

@Suite struct CatalogPluginTests {
    @Test("the plugin holds what every plugin must") func isCompatible() async throws {
        #expect(try await PluginCompatTest(CatalogPlugin.self).problems() == [])
    }
}
