import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Secrets of the configuration, looked for in everything that is answered.
@Suite struct CanaryTests {
    private static let canary = "c4nary-0123456789"

    private static let config = """
        app: { title: Portal, baseUrl: 'http://localhost:7007', canary: \(canary) }
        backend:
          listen: '127.0.0.1:7007'
          auth:
            keys: [{ secret: \(canary)AAA }]
            externalAccess: [{ type: static, options: { token: \(canary), subject: ci } }]
        auth: { session: { secret: \(canary) }, providers: { guest: {}, github: { development: { clientSecret: \(canary) } } } }
        integrations: { github: [{ host: github.com, token: \(canary) }] }
        techdocs: { publisher: { awsS3: { credentials: { secretAccessKey: \(canary) } } } }
        """

    @Test("CVE-2024-47762: no answer, for whomever and however it fails, holds a secret of the configuration")
    func everyRoute() async throws {
        let access = try await AccessPortal.make(Self.config, plugins: [ProbePlugin.self])
        let cookie = ["Cookie": try await access.signIn()]
        for route in access.portal.routes {
            let path = route.path.replacing(/\{[^}]+\}/, with: "a")
            for (token, headers) in [(nil, [:]), (nil, cookie), ("wrong-token", [:]), (Self.canary, [:])]
                as [(String?, [String: String])]
            {
                for body in [nil, ["a": 1]] as [JSONValue?] where route.path != "/sign-out" {
                    let answer = await access.send(route.method, path, json: body, token: token, headers)
                    let text = String(decoding: answer.body, as: UTF8.self)
                    let fields = answer.headers.map(\.value).joined(separator: "\n")
                    #expect(!text.contains("c4nary") && !fields.contains("c4nary"), "\(route.method) \(route.path)")
                }
            }
        }
    }
}
