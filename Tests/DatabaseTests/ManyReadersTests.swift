import Database
import Foundation
import Testing

/// Short reads hold the thread that asks, long ones a connection: none may wait for the other for ever.
@Suite struct ManyReadersTests {
    @Test("more long and short reads than there are connections all end", .timeLimit(.minutes(1)))
    func mixed() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "readers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(.file(folder.appending(path: "db.sqlite").path))
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<400 {
                group.addTask {
                    @Sendable func one(_ transaction: any Transaction) throws -> Int {
                        try transaction.row("SELECT 1")?.int(0) ?? 0
                    }
                    guard number % 2 == 0 else { return try await database.read(one) }
                    return try await database.readAtLength { transaction in
                        Thread.sleep(forTimeInterval: 0.002)
                        return try one(transaction)
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 400)
        await database.close()
    }
}
