import Testing

@testable import PortalServer

@Suite struct AsyncSlotsTests {
    private func waiting(_ slots: AsyncSlots, _ count: Int) async {
        while slots.waitingCount != count { await Task.yield() }
    }

    @Test("who is cancelled leaves the line and holds nothing")
    func cancelled() async throws {
        let slots = AsyncSlots(1)
        try await slots.acquire()
        let first = Task { try await slots.acquire() }
        await waiting(slots, 1)
        let second = Task { try await slots.acquire() }
        await waiting(slots, 2)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(slots.waitingCount == 1)
        slots.release()
        try await second.value
        slots.release()
        try await slots.acquire()
        slots.release()
    }

    @Test("however cancellations and turns meet, no slot is lost and none is doubled")
    func noneLost() async throws {
        let slots = AsyncSlots(2)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    let task = Task {
                        try await slots.acquire()
                        await Task.yield()
                        slots.release()
                    }
                    if number.isMultiple(of: 2) { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(slots.waitingCount == 0)
        for _ in 0..<2 { try await slots.acquire() }
        let third = Task { try await slots.acquire() }
        await waiting(slots, 1)
        third.cancel()
        await #expect(throws: CancellationError.self) { try await third.value }
    }
}
