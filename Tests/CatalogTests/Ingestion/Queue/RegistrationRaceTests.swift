import Database
import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// People who register and unregister the same location at the same time.
@Suite struct RegistrationRaceTests {
    private static let place = LocationReference(type: "url", target: "https://forge.example/catalog-info.yaml")

    @Test("of many who unregister a location one has done so", arguments: TestDatabase.engines)
    func unregister(_ engine: Dialect) async throws {
        let roots = RootStore(database: try await TestDatabase.open(engine, CatalogMigrations.all))
        for _ in 0..<20 {
            let registered = try await roots.register(Self.place, by: .anonymous)
            let times = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 { group.addTask { try await roots.unregister(registered.id, by: .anonymous) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(times == 1)
        }
    }

    @Test(
        "whoever registers a location anew while others still unregister the old one has it",
        arguments: TestDatabase.engines)
    func registerAnew(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine, CatalogMigrations.all)
        let roots = RootStore(database: database)
        for _ in 0..<20 {
            let old = try await roots.register(Self.place, by: .anonymous)
            let new = try await withThrowingTaskGroup(of: RootStore.Registered?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        _ = try await roots.unregister(old.id, by: .anonymous)
                        return nil
                    }
                }
                group.addTask {
                    while true {
                        if let new = try? await roots.register(Self.place, by: .anonymous) { return new }
                    }
                }
                var made: RootStore.Registered?
                for try await one in group { made = made ?? one }
                return made
            }
            let sources = try await database.read { transaction in
                try transaction.rows("SELECT registered FROM catalog_sources").map { try $0.integer(0) }
            }
            #expect(sources == [1])
            _ = try await roots.unregister(try #require(new).id, by: .anonymous)
        }
    }
}
