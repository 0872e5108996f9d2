import Database
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What operators see of sources whose documents were refused.
@Suite struct RefusedSourcesTests {
    private static let config = """
        backend: { listen: '127.0.0.1:7007' }
        auth: { providers: { guest: { userEntityRef: user:default/guest } } }
        devtools: { allow: [user:default/guest] }
        catalog:
          processingInterval: false
          rules: [{ allow: [Component, Location] }]
          locations: [{ type: file, target: /data/root.yaml }]
        """

    private static let files = [
        "/data/root.yaml": BadPortal.root,
        "/data/all.entity.yaml": BadPortal.component("a").replacing("owner: team", with: "note: none"),
        "/data/good.entity.yaml": BadPortal.component("good"),
        "/data/some.entity.yaml": [
            BadPortal.component("b"), BadPortal.component("c", ", tags: [No Tag]"), BadPortal.component("d"),
        ].joined(separator: "\n---\n"),
    ]

    private func overview(_ portal: TestPortal, _ wish: SourceOverview.Wish = .init()) async throws -> SourceOverview {
        try await SourceOverview.read(wish, in: portal.database)
    }

    private func page(_ portal: TestPortal, _ language: String) async throws -> String {
        var headers = try await OperatorHeaders.make(portal)
        headers[.acceptLanguage] = language
        let path = "/devtools/ingestion?failing=true"
        return String(decoding: await portal.send(.get, path, token: nil, headers: headers).body, as: UTF8.self)
    }

    @Test("documents that were refused are counted with their reasons, and what leads to the file is named")
    func refused() async throws {
        let portal = try await TestPortal.make(Self.config, files: Self.files)
        try await portal.running { [self] in
            #expect(await portal.eventually { (try? await overview(portal))?.totals.failing == 2 })
            let some = try #require(try await overview(portal, .init(find: "some")).lines.first)
            #expect(some.refusals?.refused == 1)
            #expect(some.refusals?.documents == 3)
            #expect(some.leaders == ["location:default/root"])
            let failing = try await overview(portal, .init(isFailingOnly: true)).lines.map(\.location.target)
            #expect(Set(failing).isSuperset(of: ["/data/all.entity.yaml", "/data/some.entity.yaml"]))
            #expect(!failing.contains("/data/good.entity.yaml"))
            let english = try await page(portal, "en")
            for text in [
                "1 of 1 refused", "1 of 3 refused", "spec.owner", "(line 8, column 29)",
                "Led to by <a href=\"/catalog/default/location/root\"",
            ] { #expect(english.contains(text), "\(text)") }
            let german = try await page(portal, "de")
            for text in ["1 von 3 abgelehnt", "Hierher führt <a "] { #expect(german.contains(text), "\(text)") }
            portal.files.write("/data/some.entity.yaml", BadPortal.component("b"))
            portal.files.announce(.anything)
            #expect(await portal.eventually { (try? await overview(portal))?.totals.failing == 1 })
        }
    }
}
