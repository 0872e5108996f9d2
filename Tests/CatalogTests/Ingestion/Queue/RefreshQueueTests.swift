import Testing

@testable import Catalog

/// The queue's rules under any order of events, on a clock that jumps.
@Suite struct RefreshQueueTests {
    /// Sources, workers and the database's clock: everything that the rules leave to others.
    private struct World {
        struct Holder {
            let source: Int
            let token: Int64
            let requests: Int64
            let since: Int64
        }

        let queue: RefreshQueue
        var states: [RefreshState]
        var holders: [Holder] = []
        var now: Int64 = 1_800_000_000_000
        var nextToken: Int64 = 0
        /// For each source, whether somebody asked since its last claim.
        var asked: Set<Int> = []

        init(interval: Int64?, sources: Int) {
            queue = RefreshQueue(intervalMilliseconds: interval)
            states = Array(repeating: RefreshState(nextAt: 0), count: sources)
        }

        /// As the store does: those that are due, the longest first, at most so many.
        mutating func claim(limit: Int) -> [Holder] {
            nextToken += 1
            var made: [Holder] = []
            let due = states.indices.sorted { (states[$0].nextAt, $0) < (states[$1].nextAt, $1) }
            for index in due where made.count < limit {
                guard let next = queue.claim(states[index], token: nextToken, now: now) else { continue }
                made.append(Holder(source: index, token: nextToken, requests: states[index].requests, since: now))
                states[index] = next
                asked.remove(index)
            }
            holders += made
            return made
        }

        func hasLease(_ holder: Holder) -> Bool {
            guard let lease = states[holder.source].lease else { return false }
            return lease.token == holder.token && lease.until > now
        }
    }

    @Test("whatever happens, a source has one holder, no request is lost, and every wait is bounded", arguments: 1...40)
    func invariants(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let interval: Int64? = seed.isMultiple(of: 4) ? nil : Int64.random(in: 1_000...200_000, using: &generator)
        var world = World(interval: interval, sources: Int.random(in: 1...30, using: &generator))
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<3:
                let limit = Int.random(in: 1...8, using: &generator)
                let before = world
                let made = world.claim(limit: limit)
                #expect(made.count <= limit)
                for holder in made {
                    #expect(before.states[holder.source].nextAt <= world.now)
                    #expect(before.states[holder.source].lease.map { $0.until <= world.now } ?? true)
                }
            case 3..<6: finishOne(&world, &generator)
            case 6: renewOne(&world, &generator)
            case 7:
                guard let index = world.states.indices.randomElement(using: &generator) else { break }
                world.states[index] = world.queue.request(world.states[index])
                world.asked.insert(index)
                #expect(world.states[index].nextAt == 0)
            default: world.now += Int64.random(in: 0...60_000, using: &generator)
            }
            check(world)
        }
    }

    private func check(_ world: World) {
        for index in world.states.indices {
            let holding = world.holders.filter { $0.source == index && world.hasLease($0) }
            #expect(Set(holding.map(\.token)).count <= 1)
            if world.asked.contains(index) {
                #expect(world.states[index].nextAt == 0, "a request that nobody has taken up is due at once")
            }
            if let lease = world.states[index].lease {
                #expect(lease.until - world.now <= RefreshQueue.leaseMilliseconds)
            }
        }
    }

    private func finishOne(_ world: inout World, _ generator: inout SeededNumbers) {
        guard let place = world.holders.indices.randomElement(using: &generator) else { return }
        let holder = world.holders.remove(at: place)
        let before = world.states[holder.source]
        let again = world.now + Int64.random(in: -1_000...300_000, using: &generator)
        let endings: [RefreshQueue.Ending] = [.succeeded, .failed, .failed, .again(at: again)]
        let ending = endings[Int.random(in: 0..<4, using: &generator)]
        let jitter = Double.random(in: -0.5...1.5, using: &generator)
        let next = world.queue.finish(
            before, token: holder.token, requests: holder.requests, ending, jitter: jitter, now: world.now)
        guard let next else {
            #expect(before.lease?.token != holder.token, "only who lost the lease is refused")
            return
        }
        #expect(before.lease?.token == holder.token)
        #expect(next.lease == nil)
        world.states[holder.source] = next
        if before.requests != holder.requests {
            #expect(next.nextAt == 0, "a request made meanwhile leads to another reading")
            return
        }
        let longest = world.queue.intervalMilliseconds.map { world.now + $0 + $0 / 2 } ?? RefreshQueue.never
        #expect(next.nextAt <= longest, "due again within interval and jitter")
        #expect(next.nextAt >= world.now)
        switch ending {
        case .succeeded:
            #expect(next.failures == 0)
            #expect(next.nextAt >= world.queue.intervalMilliseconds.map { world.now + $0 } ?? RefreshQueue.never)
        case .failed:
            #expect(next.failures == before.failures + 1)
            #expect(next.nextAt <= world.now + RefreshQueue.longestRetryMilliseconds)
        case .again(let time):
            #expect(next.failures == 0)
            #expect(next.nextAt == min(max(time, world.now), longest) || next.nextAt <= longest)
        }
    }

    private func renewOne(_ world: inout World, _ generator: inout SeededNumbers) {
        guard let holder = world.holders.randomElement(using: &generator) else { return }
        let before = world.states[holder.source]
        let next = world.queue.renew(before, token: holder.token, now: world.now)
        #expect((next != nil) == (before.lease?.token == holder.token))
        if let next {
            #expect(next.lease?.until == world.now + RefreshQueue.leaseMilliseconds)
            world.states[holder.source] = next
        }
    }

    @Test(
        "with few workers and many sources, each is read again in its time, and none twice as often", arguments: 1...5)
    func fairness(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let interval: Int64 = 100_000
        var world = World(interval: interval, sources: 200)
        var readings = Array(repeating: [Int64](), count: 200)
        for _ in 0..<2_000 {
            for holder in world.claim(limit: 16) {
                readings[holder.source].append(world.now)
                let isFailing = holder.source % 10 == 0
                world.states[holder.source] = try #require(
                    world.queue.finish(
                        world.states[holder.source], token: holder.token, requests: holder.requests,
                        isFailing ? .failed : .succeeded, jitter: .random(in: 0...1, using: &generator), now: world.now)
                )
            }
            world.now += 1_000
        }
        for (source, times) in readings.enumerated() {
            let pauses = zip(times.dropFirst(), times).map { $0 - $1 }
            // Sixteen a second are claimed, so nobody waits longer than the second in which it is due, and its queue.
            #expect((pauses.max() ?? .max) <= interval * 3 / 2 + 14_000, "source \(source)")
            if source % 10 != 0 { #expect((pauses.min() ?? 0) >= interval, "source \(source)") }
        }
    }

    @Test("retries come ever more rarely, up to ten minutes or the interval, whichever is shorter")
    func backoff() throws {
        for interval in [Int64?.none, 3_600_000, 30_000] {
            let queue = RefreshQueue(intervalMilliseconds: interval)
            var state = RefreshState(nextAt: 0)
            var delays: [Int64] = []
            for token in 1...200 {
                let claimed = try #require(queue.claim(state, token: Int64(token), now: state.nextAt))
                let now = state.nextAt
                state = try #require(
                    queue.finish(claimed, token: Int64(token), requests: 0, .failed, jitter: 0, now: now))
                delays.append(state.nextAt - now)
            }
            #expect(delays.first == 5_000)
            #expect(delays == delays.sorted())
            #expect(delays.last == min(600_000, interval ?? .max))
        }
    }

    @Test("after one good reading a source that failed is regular again")
    func recovery() throws {
        let queue = RefreshQueue(intervalMilliseconds: 100_000)
        let failing = RefreshState(nextAt: 0, failures: 9, lease: .init(token: 1, until: 50))
        let next = try #require(queue.finish(failing, token: 1, requests: 0, .succeeded, jitter: 0, now: 10))
        #expect(next == RefreshState(nextAt: 100_010))
    }

    @Test("a holder that is late keeps its right while nobody else claims, and loses it with the claim")
    func lateHolder() throws {
        let queue = RefreshQueue(intervalMilliseconds: 100_000)
        let claimed = try #require(queue.claim(RefreshState(nextAt: 0), token: 1, now: 1_000))
        #expect(queue.claim(claimed, token: 2, now: 1_000 + RefreshQueue.leaseMilliseconds - 1) == nil)
        #expect(queue.finish(claimed, token: 1, requests: 0, .succeeded, jitter: 0, now: 90_000) != nil)
        let taken = try #require(queue.claim(claimed, token: 2, now: 1_000 + RefreshQueue.leaseMilliseconds))
        #expect(queue.finish(taken, token: 1, requests: 0, .succeeded, jitter: 0, now: 31_001) == nil)
        #expect(queue.renew(taken, token: 1, now: 31_001) == nil)
    }
}
