import PortalKit
import PortalServer
import PortalTesting
import Testing

/// Who may look into the portal itself.
@Suite struct OperatorsTests {
    private func config(_ text: String) throws -> AppConfig {
        try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"]).config
    }

    private func operators(_ text: String) throws -> Operators {
        try Operators(try config(text).node("devtools.allow"))
    }

    private func user(_ name: String, groups: [String] = []) -> Principal {
        let reference = "user:default/\(name)"
        return .user(UserPrincipal(userEntityRef: reference, ownershipEntityRefs: [reference] + groups))
    }

    @Test("nobody, unless the configuration names somebody")
    func nobody() throws {
        for text in ["", "devtools: {}", "devtools: { allow: }", "devtools: { allow: [] }"] {
            let operators = try operators(text)
            #expect(!operators.contains(user("ada")))
            #expect(!operators.contains(.none))
        }
    }

    @Test("people by their own reference and by their groups', whatever the case; never programs")
    func named() throws {
        let operators = try operators("devtools: { allow: ['User:Ada', 'group:Platform/SRE'] }")
        #expect(operators.contains(user("ada")))
        #expect(operators.contains(user("grace", groups: ["group:platform/sre"])))
        #expect(!operators.contains(user("grace", groups: ["group:default/sre"])))
        #expect(!operators.contains(.none))
        #expect(!operators.contains(.service(ServicePrincipal(subject: "user:default/ada"))))
    }

    @Test("what is no user and no group is refused by its place")
    func mistakes() throws {
        for (text, path) in [
            ("devtools: { allow: [ada] }", "devtools.allow[0]"),
            ("devtools: { allow: ['user:ada', 'component:default/web'] }", "devtools.allow[1]"),
            ("devtools: { allow: { user: ada } }", "devtools.allow"),
        ] {
            let error = #expect(throws: PortalError.self) { _ = try operators(text) }
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test("a change takes effect while the portal runs; a wrong one changes nothing")
    func reload() throws {
        let operators = try operators("devtools: { allow: [user:default/ada] }")
        #expect(throws: PortalError.self) {
            try operators.take(try config("devtools: { allow: ['?'] }").node("devtools.allow"))
        }
        #expect(operators.contains(user("ada")))
        try operators.take(try config("devtools: { allow: 'user:default/grace' }").node("devtools.allow"))
        #expect(!operators.contains(user("ada")))
        #expect(operators.contains(user("grace")))
    }
}
