import Foundation
import PortalTesting
import Testing

@testable import Database

/// What happens to writes that meet the end of the database, and to people's work beside that of the background.
@Suite struct ClosingTests {
    private func write(_ answered: Shared<Int>) -> PendingWrite {
        PendingWrite(attempt: { _ in { answered.change { $0 += 1 } } }, fail: { _ in answered.change { $0 += 1 } })
    }

    @Test("closing waits for a draining that was promised and has not begun")
    func waitsForPromisedDrain() async {
        var queue = WriteQueue()
        guard case .mustDrain = queue.add(write(Shared(0)), .interactive) else {
            Issue.record("the first write must drain")
            return
        }
        let isFirst = queue.close()
        #expect(isFirst)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let waits = queue.waitForEnd(continuation)
            #expect(waits)
            let isMore = queue.hasMore().hasMore
            #expect(isMore)
            _ = queue.next(after: 0, .zero)
            let (hasMore, closing) = queue.hasMore()
            #expect(!hasMore)
            closing?.resume()
        }
        await withCheckedContinuation { continuation in
            let waits = queue.waitForEnd(continuation)
            #expect(!waits)
            continuation.resume()
        }
    }

    @Test("every write that races the closing is answered, and what was accepted is there")
    func everyWriteIsAnswered() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<40 {
            let path = "\(folder.path)/\(round).sqlite"
            let database = try SQLiteDatabase(.file(path))
            try await database.write { try $0.run("CREATE TABLE t (x INTEGER)") }
            let accepted = await withTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        do {
                            try await database.write { try $0.run("INSERT INTO t VALUES (\(number))") }
                            return 1
                        } catch { return 0 }
                    }
                }
                group.addTask {
                    await database.close()
                    return 0
                }
                return await group.reduce(0, +)
            }
            let again = try SQLiteDatabase(.file(path))
            let count = try await again.read { try $0.row("SELECT COUNT(*) FROM t")?.int(0) }
            #expect(count == accepted)
            await again.close()
        }
    }

    @Test("of two connections background work never holds both, however long people keep the other busy")
    func peopleAreNotStarved() async throws {
        let pool = PostgresPool((0..<2).map { PostgresConnection(PostgresSettings(), number: $0) })
        let (hold, release) = AsyncStream<Void>.makeStream()
        let (began, beginnings) = AsyncStream<Void>.makeStream()
        var begun = began.makeAsyncIterator()
        let first = Task {
            try await pool.with(.background) { _ in
                beginnings.yield()
                for await _ in hold { return }
            }
        }
        await begun.next()
        let isSecondIn = Shared(false)
        let second = Task { try await pool.with(.background) { _ in _ = isSecondIn.change { $0 = true } } }
        await lineHas(1, pool)
        // The person who has the other connection gives it to the next, long past the background's patience.
        for _ in 0..<4 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await pool.with(.interactive) { _ in
                            await Task.yield()
                            #expect(!isSecondIn.value)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(!isSecondIn.value)
        release.yield()
        try await first.value
        try await second.value
        #expect(isSecondIn.value)
        await pool.close()
    }

    private func lineHas(_ count: Int, _ pool: PostgresPool) async {
        while pool.waitingCount != count { await Task.yield() }
    }
}
