import Database
import PortalKit
import PortalTesting

@testable import Catalog
@testable import Database

/// A world that a seed decides: replicas of the real catalog on one database, files that change, people who act, and
/// everything that can fail, one step after the other.
final class Simulation {
    struct Failure: Error, CustomStringConvertible {
        let seed: Int
        let step: Int
        let problems: [String]
        let trace: [String]

        var description: String {
            "Seed \(seed) failed at step \(step): \(problems.prefix(5).joined(separator: "; ")). "
                + "CALLBOARD_SEED=\(seed) replays it.\n\(trace.joined(separator: "\n"))"
        }
    }

    private static let begin: Int64 = 1_800_000_000_000
    /// Of what a replica that crashed did, until all of it has come to its end.
    private static let mostTurns = 1_000
    let seed: Int
    var random: SeededRandom
    let world: Replica.World
    let isTraced: Bool
    var trace: [String] = []
    var replicas: [Replica]
    /// Until which step each stands still.
    var frozen: [Int]
    /// The feed number that each replica showed last.
    private var shown: [Int64]
    private var lastActivity = 0
    var step = 0
    /// Somebody found in the end that nothing is due.
    var hasIdled = false
    /// In percent of steps.
    var faultRate: Int

    var server: SimulatedServer { world.server }
    var ledger: Ledger { world.server.ledger }

    /// - Parameter engine: is emptied.
    init(_ seed: Int, on engine: SQLiteDatabase, sabotage: Sabotage? = nil, isTraced: Bool = false) async throws {
        self.seed = seed
        self.isTraced = isTraced
        random = SeededRandom(seed)
        try await Self.empty(engine)
        let count = 2 + random.below(3)
        let strategy: CatalogSettings.OrphanStrategy = random.chance(percent: 30) ? .keep : .delete
        world = Replica.World(
            server: SimulatedServer(engine, Stage(), Ledger(), sabotage), files: Shared(FileWorld(&random)),
            config: Shared([FileWorld.root]), people: Shared(People(seen: [0, 0, 0])),
            interval: random.chance(percent: 12) ? 240_000 : nil, strategy: strategy, page: 1 + random.below(4))
        faultRate = random.pick([0, 2, 5, 10]) ?? 0
        replicas = []
        frozen = Array(repeating: 0, count: count)
        shown = Array(repeating: 0, count: count)
        replicas = (0..<count).map { Replica($0, of: count, world) }
        for number in 0..<count { await start(number) }
    }

    private static func empty(_ engine: SQLiteDatabase) async throws {
        try await engine.write { transaction in
            for table in [
                "sources", "source_edges", "refresh_keys", "locations", "entities", "claims", "feed", "state",
            ] {
                try transaction.run(SQL(trusted: "DELETE FROM catalog_\(table)"))
            }
            try transaction.run("UPDATE catalog_counters SET n = 0")
            try transaction.run("INSERT INTO catalog_state (name, value) VALUES ('epoch', 'simulated')")
            try transaction.run("DELETE FROM callboard_jobs")
            try transaction.run("DELETE FROM callboard_leases")
            // One job is known from earlier starts, the other is heard of for the first time.
            try transaction.run(
                "INSERT INTO callboard_jobs (name, slot, is_done, runs, failures) VALUES ('sweep', 0, 1, 0, 0)")
        }
    }

    static func engine() async throws -> SQLiteDatabase {
        let engine = try SQLiteDatabase(.memory)
        try await Migrator(Lease.migrations + CatalogMigrations.all).migrate(engine)
        return engine
    }

    /// Runs the world for so many steps, and then until all is quiet.
    /// - Throws: `Failure`.
    func run(steps: Int) async throws {
        for _ in 0..<steps {
            try await next()
        }
        try await settle()
    }

    // MARK: Steps

    private func next() async throws {
        await advance(by: Int64(random.below(40)))
        let ready = stageReady()
        if !ready.isEmpty, random.chance(percent: 80), let waiting = random.pick(ready) {
            await goOn(waiting)
        } else {
            await beginSomething()
        }
        try check()
    }

    func advance(by milliseconds: Int64) async {
        step += 1
        ledger.state.change { [step] in $0.step = step }
        server.clock.change { $0 += milliseconds }
    }

    func stageReady() -> [Stage.Waiting] {
        server.stage.waiting.filter { waiting in
            let number = waiting.activity.replica
            if frozen[number] > step { return false }
            return waiting.step != .index || !replicas[number].state.value.isFollowing
        }
    }

    func note(_ text: @autoclosure () -> String) {
        if isTraced { trace.append("\(step) +\(server.clock.value - Self.begin) \(text())") }
    }

    func begin(_ kind: Activity.Kind, on number: Int) async {
        lastActivity += 1
        let activity = Activity(lastActivity, replica: number, kind)
        note("replica \(number) begins to \(activity)")
        let replica = replicas[number]
        await server.stage.begin(activity) { await replica.run(kind) }
    }

    func goOn(_ waiting: Stage.Waiting) async {
        let fault = fault(at: waiting.step)
        waiting.activity.facts.change { facts in
            facts.fault = fault
            facts.note = ""
        }
        await server.stage.goOn(waiting)
        note(
            "replica \(waiting.activity.replica), \(waiting.activity): \(waiting.step)"
                + (fault == .none ? "" : ", \(fault)") + ", \(waiting.activity.facts.value.note)")
    }

    private func fault(at step: Stage.Step) -> SimulatedFault {
        guard step == .readDatabase || step == .writeDatabase, random.chance(percent: faultRate) else { return .none }
        if step == .readDatabase { return .refused }
        switch random.below(4) {
        case 0: return .refused
        case 1: return .undone(after: random.below(30))
        case 2: return .twice(after: random.below(30))
        default: return .unheard
        }
    }

    func start(_ number: Int) async {
        replicas[number] = Replica(number, of: replicas.count, world)
        frozen[number] = 0
        shown[number] = 0
        await begin(.start, on: number)
    }

    /// Ends a replica where it stands: whatever it does next reaches nothing.
    func crash(_ number: Int) async {
        note("replica \(number) crashes")
        replicas[number].database.isDead.value = true
        for _ in 0..<Self.mostTurns {
            guard let waiting = server.stage.waiting.first(where: { $0.activity.replica == number }) else { return }
            await server.stage.goOn(waiting)
        }
    }

    /// Ends what waits, so that no task is left.
    func abandon() async {
        for number in replicas.indices { await crash(number) }
    }

    // MARK: Checks

    /// - Throws: `Failure`.
    func check() throws {
        for (number, replica) in replicas.enumerated() { checkIndex(number, replica) }
        if !ledger.problems.isEmpty { try fail(ledger.problems) }
    }

    func fail(_ problems: [String]) throws {
        throw Failure(seed: seed, step: step, problems: problems, trace: trace)
    }

    /// An index shows what the database held at its number, as a whole, and never an older one than before.
    private func checkIndex(_ number: Int, _ replica: Replica) {
        let index = replica.index.current
        if index.head == shown[number] { return }
        if index.head < shown[number] { ledger.complain("the index of replica \(number) went back") }
        shown[number] = index.head
        guard let version = ledger.state.value.versions[index.head] else {
            return ledger.complain("replica \(number) shows \(index.head), which is within a transaction")
        }
        for problem in Self.differences(index, version) { ledger.complain("replica \(number): \(problem)") }
    }

    static func differences(_ index: CatalogIndex, _ version: [Int64: Snapshot.Entity]) -> [String] {
        var problems: [String] = []
        if index.count != version.count { problems.append("\(index.count) entities of \(version.count)") }
        for entity in version.values.sorted(by: { $0.id < $1.id }) {
            guard let slot = index.slot(reference: entity.reference) else {
                problems.append("\(entity.reference) is missing at \(index.head)")
                continue
            }
            let body = EntityNotes(column: entity.notes).applied(to: entity.body)
            if index.uid(of: slot) != entity.uid || index.bodies[Int(slot)] != body {
                problems.append("\(entity.reference) is another at \(index.head)")
            }
        }
        return problems
    }
}
