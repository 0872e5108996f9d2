import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What an entity file may make the portal read: the advisories of Backstage on readers.
@Suite struct ForeignReadingTests {
    private static let config = """
        backend: { reading: { allow: [{ host: good.example, paths: [/open/] }] } }
        catalog: { processingInterval: false, rules: [{ allow: [Component, API, Location] }], locations: [LOCATION] }
        """

    private static func location(_ type: String, _ targets: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: root }
        spec: { type: \(type), targets: [\(targets)] }
        """
    }

    private static let hidden = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: hidden }
        spec: { type: service, lifecycle: production, owner: canary }
        """

    private func make(_ location: String, files: [String: String] = [:]) async throws -> TestPortal {
        try await TestPortal.make(Self.config.replacing("LOCATION", with: location), files: files)
    }

    /// The errors of an entity, once it has some.
    private func errors(_ portal: TestPortal, _ name: String) async -> String {
        let path = "/api/catalog/entities/by-name/\(name)"
        _ = await portal.eventually {
            let entity = try? JSONParser.parse(await portal.send(.get, path).body)
            return entity?["status"]?["items"]?.array?.isEmpty == false
        }
        return String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("CVE-2026-106496: a location from elsewhere leads to no file of this machine")
    func filesFromElsewhere() async throws {
        let portal = try await make(
            "{ type: url, target: 'https://good.example/open/root.yaml' }",
            files: ["/etc/hidden.yaml": Self.hidden])
        portal.http.record(
            .get, "https://good.example/open/root.yaml",
            Self.location("file", "/etc/hidden.yaml, ../../etc/hidden.yaml"))
        try await portal.running { [self] in
            let shown = await errors(portal, "location/default/root")
            #expect(shown.contains("leads to it"))
            #expect(!shown.contains("canary"))
        }
        #expect(await portal.send(.get, "/api/catalog/entities/by-name/component/default/hidden").status == .notFound)
    }

    @Test("files beneath the configured folder only, however the way out is written")
    func outsideTheFolder() async throws {
        let ways = "../etc/hidden.yaml, /etc/hidden.yaml, './../etc/*.yaml', '/etc/*.yaml', './a/../../etc/hidden.yaml'"
        let portal = try await make(
            "{ type: file, target: /data/root.yaml }",
            files: ["/data/root.yaml": Self.location("file", ways), "/etc/hidden.yaml": Self.hidden])
        try await portal.running { [self] in
            #expect(await errors(portal, "location/default/root").contains("is outside /data"))
        }
        #expect(await portal.send(.get, "/api/catalog/entities/by-name/component/default/hidden").status == .notFound)
    }

    @Test(
        "CVE-2026-106498: a placeholder reads no other host and nothing outside its folder",
        arguments: [
            "https://evil.example/x", "//evil.example/x", "https://good.example/closed/x", "../closed/x",
            "https://good.example/open/../closed/x", "https://good.example/open/%2e%2e/closed/x", "/closed/x",
            "https://u@evil.example/x", "file:///etc/passwd", "http://169.254.169.254/x",
        ])
    func placeholders(_ reference: String) async throws {
        let portal = try await make("{ type: url, target: 'https://good.example/open/api.yaml' }")
        portal.http.record(
            .get, "https://good.example/open/api.yaml",
            Self.location("url", "./other.yaml") + """

                ---
                apiVersion: backstage.io/v1alpha1
                kind: API
                metadata: { name: a }
                spec: { type: x, lifecycle: production, owner: t, definition: { $text: '\(reference)' } }
                """)
        try await portal.running { [self] in _ = await errors(portal, "location/default/root") }
        let asked = portal.http.requests.map(\.url).filter { $0 != "https://good.example/open/api.yaml" }
        #expect(asked.allSatisfy { $0 == "https://good.example/open/other.yaml" }, "\(asked)")
        #expect(!asked.isEmpty)
    }

    @Test(
        "CVE-2026-29185: a path that climbs is not below the path that may be read",
        arguments: [
            "/open/../closed/x", "/open/%2e%2e/closed/x", "/open/.%2E/closed/x", "/open/%2e%2e%2fclosed/x",
            "/open/..%5cclosed/x", "/open/./x", "/closed/x", "/",
        ])
    func climbing(_ path: String) throws {
        var settings = CatalogSettings()
        settings.readingAllow = [.init(host: "good.example", paths: ["/open/"])]
        let url = try #require(URLReference.parse("https://good.example\(path)"))
        #expect(!settings.allowsReading(url))
        let good = try #require(URLReference.parse("https://good.example/open/a..b/..c/x.yaml"))
        #expect(settings.allowsReading(good))
    }

    @Test("CVE-2026-24048: where a host redirects to is held against what may be read, too")
    func redirects() async throws {
        let portal = try await make("{ type: url, target: 'https://good.example/open/root.yaml' }")
        portal.http.record(.get, "https://good.example/open/root.yaml", Self.hidden)
        try await portal.running {
            _ = await portal.eventually { !portal.http.requests.isEmpty }
        }
        let mayFollow = try #require(portal.http.requests.first?.mayFollow)
        #expect(mayFollow("https://good.example/open/other.yaml"))
        for url in [
            "https://evil.example/open/x", "https://good.example/closed/x", "file:///open/x", "https://good.example",
        ] {
            #expect(!mayFollow(url), "\(url)")
        }
    }

    @Test("CVE-2024-45815: names of a prototype are names like others")
    func prototypes() async throws {
        let portal = try await make("{ type: file, target: /data/a.yaml }", files: ["/data/a.yaml": Self.hidden])
        let deep = Array(repeating: "a", count: 1_000).joined(separator: ".")
        for key in ["__proto__", "constructor.prototype", "metadata.__proto__.x", "__proto__.toString", deep] {
            for query in ["filter=\(key)=1", "filter=\(key)", "fields=\(key)", "order=asc:\(key)"] {
                let answer = await portal.send(.get, "/api/catalog/entities?\(query)")
                #expect(answer.status.code < 500, "\(query.prefix(60))")
            }
            let facets = await portal.send(.get, "/api/catalog/entity-facets?facet=\(key)")
            #expect(facets.status.code < 500)
        }
    }
}
