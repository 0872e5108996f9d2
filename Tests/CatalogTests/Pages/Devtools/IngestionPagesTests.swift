import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What operators see of reading.
@Suite struct IngestionPagesTests {
    private static let config = """
        backend: { listen: '127.0.0.1:7007' }
        auth: { providers: { guest: { userEntityRef: user:default/guest } } }
        devtools: { allow: [user:default/guest] }
        catalog:
          processingInterval: false
          locations: [{ type: file, target: /data/good.yaml }, { type: file, target: '/data/<b>.yaml' }]
        """

    /// A portal that has read what is there, and the cookie of somebody who may see it.
    private func withPortal(_ body: @escaping @Sendable (TestPortal, HTTPFields) async throws -> Void) async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/good.yaml": BadPortal.component("shop")])
        try await portal.running {
            let isRead = await portal.eventually {
                let overview = try? await SourceOverview.read(.init(), in: portal.database)
                return overview?.totals.failing == 1 && overview?.totals.due == 0 && overview?.totals.reading == 0
            }
            #expect(isRead)
            try await body(portal, OperatorHeaders.make(portal))
        }
    }

    private func text(_ portal: TestPortal, _ path: String, _ headers: HTTPFields) async -> String {
        String(decoding: await portal.send(.get, path, token: nil, headers: headers).body, as: UTF8.self)
    }

    @Test("sources are listed with how they were read; those that fail come first, escaped")
    func list() async throws {
        try await withPortal { [self] portal, headers in
            let page = await text(portal, "/devtools/ingestion", headers)
            #expect(page.contains("1–2 of 2"))
            #expect(page.contains("Failed "))
            #expect(page.contains("&lt;b&gt;.yaml"))
            #expect(!page.contains("<b>.yaml"))
            let failing = await text(portal, "/devtools/ingestion?failing=true", headers)
            #expect(failing.contains("1–1 of 1"))
            #expect(!failing.contains("good.yaml"))
            let found = await text(portal, "/devtools/ingestion?find=GOOD", headers)
            #expect(found.contains("good.yaml"))
            #expect(found.contains("1–1 of 1"))
            #expect(await text(portal, "/devtools/ingestion?find=%25", headers).contains("No source fits"))
            let info = await text(portal, "/devtools", headers)
            #expect(info.contains("Entities"))
        }
    }

    @Test("a source is read when an operator asks, by nobody else") func readNow() async throws {
        try await withPortal { [self] portal, headers in
            let overview = try await SourceOverview.read(.init(find: "good"), in: portal.database)
            let id = try #require(overview.lines.first?.id)
            let form = "source=\(id)&view=failing%3Dtrue%26page%3D2"
            let asked = await portal.submit("/devtools/ingestion/read", form: form, headers: headers)
            #expect(asked.status == .seeOther)
            #expect(asked.headers[.location] == "/devtools/ingestion?failing=true&page=2&asked=true")
            #expect(await text(portal, "/devtools/ingestion?asked=true", headers).contains("Asked for."))
            let program = await portal.submit("/devtools/ingestion/read", form: form, token: TestPortal.token)
            #expect(program.status == .forbidden)
            #expect(await portal.submit("/devtools/ingestion/read", form: form).status == .unauthorized)
            let wrong = await portal.submit("/devtools/ingestion/read", form: "source=x", headers: headers)
            #expect(wrong.status == .badRequest)
        }
    }

    @Test("a source with a document that is wrong is among those with errors") func wrongDocument() async throws {
        let portal = try await BadPortal(["a": BadPortal.component("shop"), "b": BadPortal.component("till")])
        try await portal.portal.running {
            let isKnown = await portal.portal.eventually { await portal.names() == ["shop", "till"] }
            #expect(isKnown)
            portal.write("a", Array(BadPortal.component("shop", ", tags: [No Tag]").utf8))
            _ = await portal.refresh("component:default/shop")
            let isTold = await portal.portal.eventually {
                let wish = SourceOverview.Wish(isFailingOnly: true, find: ".entity.yaml")
                let overview = try? await SourceOverview.read(wish, in: portal.portal.database)
                return overview?.lines.contains { $0.location.target == "/data/a.entity.yaml" } ?? false
            }
            #expect(isTold)
            let wish = SourceOverview.Wish(isFailingOnly: true, find: "b.entity.yaml")
            let healthy = try await SourceOverview.read(wish, in: portal.portal.database)
            #expect(healthy.lines.isEmpty)
        }
    }

    @Test("a source counts what its file declares, as the page of its location does") func counts() async throws {
        let documents = ["one", "two"].map { BadPortal.component($0) }.joined(separator: "\n---\n")
        let config = """
            catalog:
              processingInterval: false
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": documents])
        try await portal.running {
            let name = GeneratedLocation.name(of: LocationReference(type: "file", target: "/data/all.yaml"))
            let isRead = await portal.eventually {
                let page = await portal.send(.get, "/catalog/default/location/\(name)")
                return String(decoding: page.body, as: UTF8.self).contains("What was read through it<small> 2</small>")
            }
            #expect(isRead)
            let overview = try await SourceOverview.read(.init(), in: portal.database)
            #expect(overview.lines.map(\.entities) == [2])
        }
    }

    @Test("Backstage's page of unprocessed entities leads to the sources that fail") func unprocessed() async throws {
        let portal = try await TestPortal.make(Self.config)
        let answer = await portal.send(.get, "/catalog-unprocessed-entities")
        #expect(answer.status == .found)
        #expect(answer.headers[.location] == "/devtools/ingestion?failing=true")
    }

    @Test("ten thousand sources are paged within the database", arguments: Dialect.allCases)
    func many(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(engine: engine)
        try await portal.database.write { transaction in
            let rows = (1...10_000).map { number -> [SQLValue] in
                SourceRow.values(
                    id: Int64(number), LocationReference(type: "file", target: "/data/\(number)_.yaml"),
                    origin: LocationReference(type: "file", target: "/data"), isOptional: false, isConfigured: false,
                    isRegistered: true)
            }
            try StatementBatch.insert(SourceRow.head, rows: rows, in: transaction)
            try transaction.run(
                "UPDATE catalog_sources SET error = 'gone', failures = 2, failing_since = 0 WHERE target LIKE '%/77__.yaml'"
            )
        }
        var times: [Duration] = []
        for _ in 0..<5 {
            let start = ContinuousClock.now
            _ = try await SourceOverview.read(.init(offset: 9_950), in: portal.database)
            times.append(start.duration(to: .now))
        }
        let last = try await SourceOverview.read(.init(offset: 9_950), in: portal.database)
        #expect(last.count == 10_000)
        #expect(last.lines.count == 50)
        // The middle of five: other tests run beside it.
        #expect(times.sorted()[2] < .seconds(2))
        let first = try await SourceOverview.read(.init(), in: portal.database)
        #expect(first.lines.first?.error == "gone")
        let found = try await SourceOverview.read(.init(isFailingOnly: true, find: "7_"), in: portal.database)
        #expect(found.count == first.totals.failing || found.count > 0)
        #expect(found.lines.allSatisfy { $0.location.target.contains("7_") })
    }
}
