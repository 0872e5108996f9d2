import Testing

@testable import Catalog

@Suite struct WakeSignalTests {
    @Test("a timer of an earlier wait never ends a later one")
    func noSpuriousWakes() async {
        let signal = WakeSignal()
        for round in 0..<2_000 {
            async let isWoken = signal.wait(atMost: .seconds(3_600))
            // Lets what an earlier round left behind come first.
            for _ in 0..<3 { await Task.yield() }
            await signal.wake()
            #expect(await isWoken, "round \(round)")
        }
    }

    @Test("a wake before the wait counts, the end of the time and a cancellation end it without one")
    func ends() async {
        let signal = WakeSignal()
        await signal.wake()
        #expect(await signal.wait(atMost: .seconds(3_600)))
        #expect(await signal.wait(atMost: .milliseconds(1)) == false)
        let waiting = Task { await signal.wait(atMost: .seconds(3_600)) }
        waiting.cancel()
        #expect(await waiting.value == false)
    }
}
