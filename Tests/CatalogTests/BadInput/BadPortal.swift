import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting

/// A portal that reads every `*.entity.yaml` of one folder, and looks at what became of it.
struct BadPortal {
    static let root = """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: root }
        spec: { targets: ['./*.entity.yaml'] }
        """

    let portal: TestPortal

    static func component(_ name: String, _ metadata: String = "", _ spec: String = "") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name)\(metadata) }
        spec: { type: service, lifecycle: production, owner: team\(spec) }
        """
    }

    /// - Parameter files: by their names, without `.entity.yaml`.
    init(_ files: [String: [UInt8]], engine: Dialect = .sqlite) async throws {
        portal = try await TestPortal.make(
            """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, API, Group, Location, System, Resource, User] }]
              locations: [{ type: file, target: /data/root.yaml }]
            """, files: ["/data/root.yaml": Self.root], engine: engine)
        for (name, bytes) in files { write(name, bytes) }
    }

    init(_ files: [String: String], engine: Dialect = .sqlite) async throws {
        try await self.init(files.mapValues { Array($0.utf8) }, engine: engine)
    }

    func write(_ name: String, _ bytes: [UInt8]) { portal.files.write("/data/\(name).entity.yaml", bytes: bytes) }

    func json(_ target: String) async -> JSONValue {
        (try? JSONParser.parse(await portal.send(.get, target).body)) ?? .null
    }

    func names(_ kind: String = "component") async -> Set<String> {
        let list = await json("/api/catalog/entities?filter=kind=\(kind)&fields=metadata.name").array ?? []
        return Set(list.compactMap { $0["metadata"]?["name"]?.string })
    }

    func entity(_ path: String) async -> JSONValue { await json("/api/catalog/entities/by-name/\(path)") }

    /// The messages of an entity's status.
    func status(_ path: String) async -> [String] {
        (await entity(path)["status"]?["items"]?.array ?? []).compactMap { $0["message"]?.string }
    }

    func refresh(_ reference: String) async -> Int {
        await portal.send(.post, "/api/catalog/refresh", json: ["entityRef": .string(reference)]).status.code
    }

    /// Sources that nobody has come to the end of yet.
    func unfinished() async -> Int {
        (try? await portal.database.read { transaction in
            try transaction.row("SELECT COUNT(*) FROM catalog_sources WHERE next_at = 0 OR lease_until > 0")?.int(0)
        }) ?? -1
    }
}
