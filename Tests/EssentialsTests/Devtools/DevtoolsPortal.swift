import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting

@testable import Essentials

/// A portal whose devtools ann may see, and bob may not.
struct DevtoolsPortal {
    static let secret = "planted-secret-4711"
    static let panels = ["", "/config", "/tasks", "/plugins", "/gallery", "/gallery/forms", "/gallery/texts"]

    let portal: TestPortal

    static func make(_ more: [any Plugin.Type] = [], config: String = "") async throws -> DevtoolsPortal {
        DevtoolsPortal(
            portal: try await TestPortal.make(
                "devtools: { allow: [user:default/ann] }\n\(config)",
                plugins: [DevtoolsPlugin.self, PeoplePlugin.self] + more))
    }

    func page(_ path: String, as name: String? = "ann", language: String? = nil) async -> PortalResponse {
        var headers: HTTPFields = [:]
        if let language { headers[.acceptLanguage] = language }
        return await portal.send(.get, "/devtools\(path)", token: name, headers: headers)
    }

    static func text(_ response: PortalResponse) -> String { String(decoding: response.body, as: UTF8.self) }
}

/// Contributes panels that fail in each way.
struct FailingPanelsPlugin: Plugin {
    static let id = "failing-panels"

    struct Trouble: Error {}

    init?(_ environment: PluginEnvironment) {}

    var contributions: [any Contribution] {
        [
            DevtoolsPanel("broken", title: { _ in "Broken" }) { _, _ in
                throw PortalError(.unavailable, "The queue has gone <b>away</b>.")
            },
            DevtoolsPanel("talkative", title: { _ in "Talkative" }) { _, _ in throw Trouble() },
            DevtoolsFact(title: { _ in "Weight" }) { _ in throw Trouble() },
            HealthCheck("scales") { "They are <i>off</i>." },
        ]
    }
}
