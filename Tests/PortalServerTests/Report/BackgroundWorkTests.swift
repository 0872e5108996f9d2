import Foundation
import Logging
import PortalKit
import Testing

@testable import PortalServer

@Suite struct BackgroundWorkTests {
    private struct Trouble: Error, CustomStringConvertible { let description = "the wire was cut" }

    @Test("a service that fails is told with its error, and runs again") func failure() async throws {
        let board = BackgroundBoard()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (starts, start) = AsyncStream<Void>.makeStream()
        let service = BackgroundService("loop") {
            start.yield()
            throw Trouble()
        }
        let work = BackgroundWork(service, logger: logger, board: board, unit: .milliseconds(5))
        #expect(board.all.map(\.phase) == [.waiting])
        let task = Task { try await work.run() }
        var count = 0
        for await _ in starts {
            count += 1
            if count == 3 { break }
        }
        task.cancel()
        let report = try #require(board.all.first)
        #expect(report.name == "loop")
        #expect(report.failures >= 2)
        #expect(report.lastError == "the wire was cut")
        #expect(report.lastFailure != nil)
    }

    @Test("a service that ends by itself is told so") func end() async throws {
        let board = BackgroundBoard()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await BackgroundWork(BackgroundService("once") {}, logger: logger, board: board).run()
        #expect(board.all.map(\.phase) == [.ended])
        #expect(board.all.map(\.failures) == [0])
    }
}
