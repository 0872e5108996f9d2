import Database
import Foundation
import PortalTesting
import Testing

/// One portal for a file of SQLite.
@Suite struct PortalLockTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a second portal on the same file is refused with the first one's number, until that is gone")
    func second() async throws {
        let configuration = DatabaseConfiguration.sqlite(directory: "\(folder.path)/data")
        var first = try PortalLock.take(for: configuration)
        #expect(first != nil)
        let error = #expect(throws: DatabaseError.self) { try PortalLock.take(for: configuration) }
        #expect(error?.kind == .busy)
        #expect(error?.message.contains("\(folder.path)/data/callboard.sqlite is in use by another Callboard") == true)
        #expect(error?.message.contains("(process \(getpid()))") == true)
        #expect(error?.message.contains("backend.database.connection.directory") == true)
        // Whoever only looks at the data is not kept away.
        let reader = try await ConfiguredDatabase.open(configuration)
        #expect(try await reader.read { try $0.now() } > 0)
        await reader.close()
        first = nil
        #expect(try PortalLock.take(for: configuration) != nil)
    }

    @Test("what a portal keeps is read by nobody but its owner")
    func rights() async throws {
        let configuration = DatabaseConfiguration.sqlite(directory: "\(folder.path)/data")
        let lock = try PortalLock.take(for: configuration)
        let database = try await ConfiguredDatabase.open(configuration)
        try await database.write { try $0.run("CREATE TABLE a (x TEXT)") }
        for name in ["", "-wal", "-shm", ".lock"] {
            let path = "\(folder.path)/data/callboard.sqlite\(name)"
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600, "\(path)")
        }
        await database.close()
        withExtendedLifetime(lock) {}
    }

    @Test("another file is another portal's, and what is no file is locked by nobody")
    func others() throws {
        let one = try PortalLock.take(for: .sqliteFile("\(folder.path)/one.sqlite"))
        let two = try PortalLock.take(for: .sqliteFile("\(folder.path)/two.sqlite"))
        #expect(one != nil && two != nil)
        #expect(try PortalLock.take(for: .memory) == nil)
        #expect(try PortalLock.take(for: .postgres(PostgresSettings())) == nil)
    }

    @Test("a reason from the system ends its sentence once")
    func fullStops() async throws {
        try Data().write(to: URL(fileURLWithPath: "\(folder.path)/file"))
        let error = await #expect(throws: DatabaseError.self) {
            try await ConfiguredDatabase.open(.sqlite(directory: "\(folder.path)/file/deep"))
        }
        #expect(error?.message.hasSuffix(".") == true)
        #expect(error?.message.contains("..") == false, "\(error?.message ?? "")")
    }
}
