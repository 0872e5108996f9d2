import EntityModel

@testable import Catalog

/// How a world ends: nothing fails any more, and after a bounded time everything is as the files say.
extension Simulation {
    private static let mostSteps = 6_000
    private static let longest: Int64 = 4 * 3_600_000

    /// - Throws: `Failure`.
    func settle() async throws {
        faultRate = 0
        frozen = frozen.map { _ in 0 }
        mend()
        note("everything is mended")
        let limit = step + Self.mostSteps
        let end = server.clock.value + Self.longest
        // Where sources are read again and again, once more is enough.
        let enough = server.clock.value + (world.interval ?? Self.longest)
        while true {
            await advance(by: 1)
            try check()
            if step > limit || server.clock.value > end { try fail(["it does not come to rest: \(unrest())"]) }
            if await proceed() { continue }
            // Whoever finds nothing due settles what can be settled.
            if !hasIdled {
                hasIdled = true
                await begin(.claim(1), on: random.below(replicas.count))
                continue
            }
            guard let delay = delay(), server.clock.value < enough else { break }
            server.clock.change { $0 += delay }
        }
        let problems = finalProblems()
        if !problems.isEmpty { try fail(problems) }
    }

    private func mend() {
        let people = world.people.value
        let registered = ledger.snapshot.locations.union(people.busy)
        let roots = Set(world.config.value).union(registered).union(FileWorld.registrable).sorted()
        let paths = world.files.change { $0.mend(roots: roots) }
        remember(paths)
    }

    /// Lets something go on, if anything can.
    private func proceed() async -> Bool {
        let ready = stageReady()
        if let waiting = random.pick(ready) {
            await goOn(waiting)
            return true
        }
        for replica in replicas { if await beginReading(replica) { return true } }
        for replica in replicas where replica.state.value.isReady {
            if replica.state.value.config != world.config.value {
                await begin(.reload, on: replica.number)
                return true
            }
            if server.wakes.value[SQLCatalogFeed.channel.description]?.contains(replica.number) == true {
                await follow(replica)
                return true
            }
        }
        let untold = world.people.value.untold.keys.sorted()
        let number = random.below(replicas.count)
        if !untold.isEmpty {
            await begin(.watch(untold), on: number)
            return true
        }
        let now = server.clock.value
        if ledger.snapshot.sources.values.contains(where: { $0.nextAt <= now && $0.until <= now }) {
            hasIdled = false
            await begin(.claim(1 + random.below(3)), on: number)
            return true
        }
        return false
    }

    /// Milliseconds until something is due; nil where nothing is.
    private func delay() -> Int64? {
        let next = ledger.snapshot.sources.values.map { max($0.nextAt, $0.until) }.min() ?? RefreshQueue.never
        return next >= RefreshQueue.never ? nil : max(1, next - server.clock.value)
    }

    private func unrest() -> String {
        let waiting = server.stage.waiting.map { "\($0.activity)" }
        let now = server.clock.value
        let due = ledger.snapshot.sources.values.filter { $0.nextAt < RefreshQueue.never }
            .map { "\($0.path) in \($0.nextAt - now)" }.sorted()
        return (waiting + due).joined(separator: ", ")
    }
}
