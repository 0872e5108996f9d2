import PortalKit
import PortalTesting

/// A portal in which every plugin is on, as far as configuration turns it on.
enum WholePortal {
    static let config = """
        backend: { listen: 127.0.0.1:7007 }
        auth: { providers: { guest: {} } }
        """

    static func make() async throws -> TestPortal { try await TestPortal.make(config) }
}
