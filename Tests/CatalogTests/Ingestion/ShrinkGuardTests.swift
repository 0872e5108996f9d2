import Testing

@testable import Catalog

@Suite struct ShrinkGuardTests {
    @Test("a loss is held exactly when it is more than ten and more than a fifth", arguments: 1...10)
    func holdsLargeLosses(seed: UInt64) {
        var generator = SeededNumbers(seed)
        for _ in 0..<500 {
            let before = Int.random(in: 0...400, using: &generator)
            let lost = Int.random(in: 0...before, using: &generator)
            let now = Int64.random(in: 0...10_000_000, using: &generator)
            let isLarge = lost > 10 && Double(lost) > Double(before) / 5
            let verdict = ShrinkGuard.judge(before: before, lost: lost, heldSince: nil, now: now)
            #expect(
                verdict == (isLarge ? .hold(since: now, lookAgainAt: now + 60_000) : .apply), "\(lost) of \(before)")
        }
    }

    @Test(
        "the limits themselves",
        arguments: [
            (50, 10, false), (50, 11, true), (55, 11, false), (54, 11, true), (1_000, 200, false), (1_000, 201, true),
        ])
    func limits(before: Int, lost: Int, isHeld: Bool) {
        let verdict = ShrinkGuard.judge(before: before, lost: lost, heldSince: nil, now: 5)
        #expect((verdict != .apply) == isHeld)
    }

    @Test("a held loss is believed at the first look a minute or more later, never before", arguments: 1...10)
    func secondLook(seed: UInt64) {
        var generator = SeededNumbers(seed)
        for _ in 0..<200 {
            let first = Int64.random(in: 0...10_000_000, using: &generator)
            var now = first
            var heldSince: Int64? = nil
            while true {
                let verdict = ShrinkGuard.judge(before: 100, lost: 50, heldSince: heldSince, now: now)
                guard case .hold(let since, let again) = verdict else { break }
                #expect(since == first)
                #expect(again == first + 60_000)
                heldSince = since
                now += Int64.random(in: 1...40_000, using: &generator)
            }
            #expect(now - first >= 60_000)
        }
    }

    @Test("a clock that was set back starts the minute anew, and does not end it at once")
    func clockBack() {
        let verdict = ShrinkGuard.judge(before: 100, lost: 50, heldSince: 1_000_000, now: 5)
        #expect(verdict == .hold(since: 5, lookAgainAt: 60_005))
    }
}
