import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// A portal whose PostgreSQL is there and says nothing.
@Suite(.enabled(if: TestDatabase.engines.contains(.postgres))) struct SilentDatabaseTests {
    @Test("readiness says so, liveness does not, requests end in time, reads go on, and all is well soon after")
    func silence() async throws {
        var settings = try #require(ThrowawayPostgres.shared).settings()
        let folder = try #require(settings.parameters["host"])
        let proxy = try StallingProxy(to: "\(folder)/.s.PGSQL.5432")
        defer { proxy.close() }
        settings.parameters["host"] = "127.0.0.1"
        settings.parameters["port"] = String(proxy.port)
        settings.patience = PostgresSettings().patience
        let database = try await ConfiguredDatabase.open(.postgres(settings))
        let portal = try await TestPortal.make(database: database)
        let isReady: @Sendable () async -> Bool = {
            await portal.send(.get, "/.backstage/health/v1/readiness").status.code == 200
        }
        #expect(await portal.eventually(isReady))
        proxy.fallSilent()
        let (ready, time) = await TestPace.timed {
            await portal.send(.get, "/.backstage/health/v1/readiness", token: nil)
        }
        #expect(time < .seconds(10))
        #expect(ready.status.code == 503)
        let body = try JSONParser.parse(ready.body)
        #expect(body["failing"]?.array?.contains("catalog database") == true)
        #expect(!String(decoding: ready.body, as: UTF8.self).contains("127.0.0.1"))
        #expect(await portal.send(.get, "/.backstage/health/v1/liveness").status.code == 200)
        #expect(await portal.send(.get, "/api/catalog/entities").status.code == 200)
        let (answer, wait) = await TestPace.timed { await portal.send(.get, "/api/catalog/locations") }
        #expect(answer.status.code == 503)
        #expect(wait < .seconds(10))
        proxy.speak()
        let (isBack, recovery) = await TestPace.timed { await portal.eventually(isReady) }
        #expect(isBack)
        #expect(recovery < .seconds(8))
        await database.close()
    }

    @Test("what is not right with the database has its own words") func schema() async throws {
        let portal = try await TestPortal.make()
        try await portal.database.write { try $0.run("ALTER TABLE catalog_counters RENAME TO elsewhere") }
        let body = try JSONParser.parse(await portal.send(.get, "/.backstage/health/v1/readiness").body)
        let check = body["checks"]?.array?.first
        #expect(check?["name"] == "catalog database")
        #expect(check?["reason"] == "The database does not have the tables of this version.")
    }
}
