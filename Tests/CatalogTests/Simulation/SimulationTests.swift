import Foundation
import Testing

@testable import Catalog
@testable import Database

/// Thousands of worlds in which everything fails that can, each decided by a number. `CALLBOARD_SEED=n` replays one with
/// its trace, `CALLBOARD_SEEDS=count` runs so many, from `CALLBOARD_FIRST=n` on. Without them it is 1,000 in CI, and
/// fewer where somebody waits.
@Suite(.serialized) struct SimulationTests {
    private static let steps = 120
    private static let seeds = ProcessInfo.processInfo.environment["CI"] == nil ? 300 : 1_000
    private static let workers = 2

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    /// - Returns: the trace; nothing where it is not asked for.
    /// - Throws: `Simulation.Failure`.
    @discardableResult
    private static func run(
        _ seed: Int, on engine: SQLiteDatabase, _ sabotage: Sabotage? = nil, isTraced: Bool = false
    ) async throws -> [String] {
        let simulation = try await Simulation(seed, on: engine, sabotage: sabotage, isTraced: isTraced)
        do { try await simulation.run(steps: steps) } catch {
            await simulation.abandon()
            throw error
        }
        await simulation.abandon()
        return simulation.trace
    }

    /// Worlds of several seeds, on all cores.
    /// - Returns: the first that failed.
    private static func search(_ seeds: Range<Int>, _ sabotage: Sabotage? = nil) async throws -> Simulation.Failure? {
        let next = Shared(seeds.lowerBound)
        let found = Shared<Simulation.Failure?>(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    let engine = try await Simulation.engine()
                    while found.value == nil {
                        let seed = next.change { next in
                            next += 1
                            return next - 1
                        }
                        if seed >= seeds.upperBound { break }
                        do { try await run(seed, on: engine, sabotage) } catch let failure as Simulation.Failure {
                            found.value = failure
                        }
                    }
                    await engine.close()
                }
            }
            try await group.waitForAll()
        }
        return found.value
    }

    @Test("whatever fails, nothing is lost, nothing is done twice, and everybody sees the same in the end")
    func worlds() async throws {
        if let seed = Self.setting("CALLBOARD_SEED") {
            let trace = try await Self.run(seed, on: try await Simulation.engine(), isTraced: true)
            return print(trace.joined(separator: "\n"))
        }
        let count = Self.setting("CALLBOARD_SEEDS") ?? Self.seeds
        let first = Self.setting("CALLBOARD_FIRST") ?? 0
        guard let failure = try await Self.search(first..<first + count) else { return }
        try await Self.run(failure.seed, on: try await Simulation.engine(), isTraced: true)
        throw failure
    }

    @Test("a seed decides everything: the same one leads to the same trace")
    func replay() async throws {
        let engine = try await Simulation.engine()
        for seed in [3, 1_003, 77_001] {
            let first = try await Self.run(seed, on: engine, isTraced: true)
            let second = try await Self.run(seed, on: engine, isTraced: true)
            #expect(first.count > 100)
            #expect(first == second)
        }
        await engine.close()
    }

    @Test("a rule that is broken is found", arguments: Sabotage.allCases)
    func sabotage(_ sabotage: Sabotage) async throws {
        let first = sabotage.foundBefore
        let failure = try await Self.search(first..<first + 1_000, sabotage)
        #expect(failure != nil)
        guard let failure else { return }
        print("\(sabotage): seed \(failure.seed), \(failure.problems.first ?? "")")
        // It is the broken rule that was found.
        let engine = try await Simulation.engine()
        try await Self.run(failure.seed, on: engine)
        await engine.close()
    }
}
