import Database
import Foundation
import PortalTesting
import Testing

@Suite struct LeaseTests {
    private static let long: Int64 = 600_000

    @Test("one holder at a time; who has it renews it, who gives it back makes room", arguments: TestDatabase.engines)
    func exclusive(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let first = try #require(try await Lease.acquire("index", milliseconds: Self.long, in: database))
        #expect(try await Lease.acquire("index", milliseconds: Self.long, in: database) == nil)
        #expect(try await Lease.acquire("other", milliseconds: Self.long, in: database) != nil)
        try await first.renew(milliseconds: Self.long, in: database)
        #expect(try await Lease.acquire("index", milliseconds: Self.long, in: database) == nil)
        try await first.release(in: database)
        let second = try #require(try await Lease.acquire("index", milliseconds: Self.long, in: database))
        #expect(second.token > first.token)
    }

    @Test("of many who ask at once, one gets it", arguments: TestDatabase.engines)
    func race(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let holders = try await withThrowingTaskGroup(of: Lease?.self) { group in
            for _ in 0..<20 {
                group.addTask { try await Lease.acquire("race", milliseconds: Self.long, in: database) }
            }
            return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
        }
        #expect(holders == 1)
    }

    @Test(
        "it runs out by the database's clock, and the one that was frozen can no longer write, renew or release",
        arguments: TestDatabase.engines)
    func fencing(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        try await database.write { try $0.run("CREATE TABLE work (who TEXT)") }
        let frozen = try #require(try await Lease.acquire("index", milliseconds: Self.long, in: database))
        // As if its time had passed: until is read against the database's clock alone.
        let now = try await database.now()
        try await database.write { try $0.run("UPDATE callboard_leases SET until = \(now - 1)") }
        try await database.write { try frozen.check(in: $0) }
        let heir = try #require(try await Lease.acquire("index", milliseconds: Self.long, in: database))
        await #expect {
            try await database.write { transaction in
                try transaction.run("INSERT INTO work (who) VALUES ('frozen')")
                try frozen.check(in: transaction)
            }
        } throws: { ($0 as? DatabaseError)?.kind == .leaseLost }
        await #expect {
            try await frozen.renew(milliseconds: Self.long, in: database)
        } throws: { ($0 as? DatabaseError)?.kind == .leaseLost }
        try await frozen.release(in: database)
        try await database.write { transaction in
            try heir.check(in: transaction)
            try transaction.run("INSERT INTO work (who) VALUES ('heir')")
        }
        let work = try await database.read { try $0.rows("SELECT who FROM work").map { try $0.text(0) } }
        #expect(work == ["heir"])
    }

    @Test("one of no length is free again at once", arguments: TestDatabase.engines)
    func expires(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let first = try #require(try await Lease.acquire("index", milliseconds: 0, in: database))
        let second = try #require(try await Lease.acquire("index", milliseconds: Self.long, in: database))
        #expect(second.token == first.token + 1)
    }

    @Test(
        "nobody takes over while a transaction that checked is open",
        arguments: TestDatabase.engines.filter { $0 == .postgres })
    func checkHolds(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let order = Shared<[String]>([])
        let lease = try #require(try await Lease.acquire("index", milliseconds: 0, in: database))
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        async let heir: Lease? = {
            for await _ in started { break }
            let heir = try await Lease.acquire("index", milliseconds: Self.long, in: database)
            order.change { $0.append("heir") }
            return heir
        }()
        try await database.write { transaction in
            try lease.check(in: transaction)
            start.yield()
            let end = ContinuousClock.now + .seconds(60)
            var isWaiting = false
            while !isWaiting, ContinuousClock.now < end {
                isWaiting =
                    try transaction.row(
                        "SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ANY(SELECT pid FROM pg_locks WHERE relation = 'callboard_leases'::regclass)"
                    ) != nil
            }
            #expect(isWaiting)
            order.change { $0.append("holder") }
        }
        #expect(try await heir != nil)
        #expect(order.value == ["holder", "heir"])
    }
}
