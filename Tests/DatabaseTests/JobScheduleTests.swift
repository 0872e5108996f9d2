import Database
import Testing

@Suite struct JobScheduleTests {
    private static let schedule = JobSchedule(interval: .seconds(60), name: "sweep")

    private static func start(_ slot: Int64) -> Int64 {
        slot * schedule.intervalMilliseconds + schedule.offsetMilliseconds
    }

    @Test("a slot is begun once, and again only where it was not ended")
    func once() throws {
        let now = Self.start(5)
        let begun = try #require(Self.schedule.begin(.init(slot: 4, isDone: true), now: now))
        #expect(begun == .init(slot: 5, isDone: false))
        #expect(Self.schedule.begin(begun, now: now + 59_999) == begun)
        #expect(Self.schedule.begin(.init(slot: 5, isDone: true), now: now + 59_999) == nil)
        #expect(Self.schedule.begin(.init(slot: 5, isDone: true), now: now + 60_000)?.slot == 6)
    }

    @Test("after an outage the slot of now is begun, none of those that were missed")
    func missed() {
        #expect(Self.schedule.begin(.init(slot: 1, isDone: true), now: Self.start(900))?.slot == 900)
        #expect(Self.schedule.begin(.init(slot: 1, isDone: false), now: Self.start(900))?.slot == 900)
    }

    @Test("a clock that is set back ten minutes leads to one run more, and to none less")
    func setBack() throws {
        var state = JobSchedule.State(slot: 20, isDone: true)
        var runs = 0
        for now in stride(from: Self.start(10), to: Self.start(25), by: 5_000) {
            guard var next = Self.schedule.begin(state, now: now) else { continue }
            next.isDone = true
            state = next
            runs += 1
        }
        #expect(runs == 15)
    }

    @Test("slots follow each other without a gap, before 1970 too; jobs do not all begin at once")
    func slots() {
        for now in stride(from: Int64(-200_000), through: 200_000, by: 777) {
            let slot = Self.schedule.slot(at: now)
            #expect(Self.start(slot) <= now && now < Self.start(slot + 1))
            #expect(Self.schedule.delay(at: now) == Self.start(slot + 1) - now)
        }
        let offsets = Set((0..<50).map { JobSchedule(interval: .seconds(60), name: "\($0)").offsetMilliseconds })
        #expect(offsets.count > 40)
    }

    @Test("nobody asks for a job more than once a second", arguments: [Duration.zero, .seconds(-5), .milliseconds(3)])
    func shortest(_ interval: Duration) {
        #expect(JobSchedule(interval: interval, name: "x").intervalMilliseconds == 1_000)
    }
}
