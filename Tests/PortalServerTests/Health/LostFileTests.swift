import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// SQLite's file goes while a portal runs on it.
@Suite struct LostFileTests {
    @Test("readiness sees it before anything is written, and says the true reason without the path")
    func removed() async throws {
        let folder = try TemporaryFolder()
        let database = try await ConfiguredDatabase.open(.sqlite(directory: "\(folder.path)/data"))
        let file = try #require(database.configuration.file)
        let log = LogLines()
        let portal = try await TestPortal.make(database: database, logger: log.logger)
        let path = "/.backstage/health/v1/readiness"
        #expect(await portal.send(.get, path).status.code == 200)
        try FileManager.default.moveItem(atPath: file, toPath: "\(file).away")
        let answer = await portal.send(.get, path)
        #expect(answer.status.code == 503)
        let body = try JSONParser.parse(answer.body)
        #expect(body["failing"] == ["database"])
        let reason = body["checks"]?.array?.first?["reason"]?.string ?? ""
        #expect(reason.hasPrefix("The database's file was removed or replaced"), "\(reason)")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(!text.contains(folder.path) && !text.contains("by the disk"), "\(text)")
        #expect(log.all.contains { $0.contains("Not ready: database: The database \(file) was removed") })
        // Reading goes on; nothing that is written now would last, also where the file is back.
        #expect(await portal.send(.get, "/api/catalog/entities").status.code == 200)
        try FileManager.default.moveItem(atPath: "\(file).away", toPath: file)
        #expect(await portal.send(.get, path).status.code == 503)
        await database.close()
    }

    @Test("where the storage is lost it alone is told; else all others are asked") func alone() async throws {
        let health = Health.ofTests
        let isWell = Switch()
        health.becomeReady(
            [HealthCheck("catalog", problem: { "It follows from the other." })],
            storage: HealthCheck("database", problem: { isWell.isOn ? nil : "It is away." }))
        let route = try #require(health.routes.first { $0.path.hasSuffix("/readiness") })
        func failing() async throws -> JSONValue? {
            try JSONParser.parse(try await route.handler(PortalRequest(method: .get, target: route.path)).body)[
                "failing"]
        }
        #expect(try await failing() == ["database"])
        isWell.turnOn()
        #expect(try await failing() == ["catalog"])
    }
}
