@testable import Catalog

/// What begins, and what happens to replicas, clock and files.
extension Simulation {
    private enum Event: CaseIterable {
        case claim, follow, renew, job, files, refresh, delete, register, unregister, visit, reload, crash, freeze
        case clock, giveBack

        /// How often it comes, beside the others.
        var weight: Int {
            switch self {
            case .claim: 24
            case .follow, .files: 14
            case .job: 10
            case .visit, .refresh: 6
            case .delete, .register, .clock: 5
            case .freeze: 4
            case .renew, .unregister, .reload, .crash: 3
            case .giveBack: 1
            }
        }
    }

    private func draw() -> Event {
        var rest = random.below(Event.allCases.reduce(0) { $0 + $1.weight })
        for event in Event.allCases {
            rest -= event.weight
            if rest < 0 { return event }
        }
        return .claim
    }

    func beginSomething() async {
        // What is claimed is read first.
        for (number, replica) in replicas.enumerated() where frozen[number] <= step && random.chance(percent: 70) {
            if await beginReading(replica) { return }
        }
        var number = random.below(replicas.count)
        let event = draw()
        // What is rare by chance alone: that whoever does a job stands still, and another takes it up.
        let doers = server.stage.waiting.map(\.activity).filter { $0.job != nil }
        let doer = event == .freeze && random.chance(percent: 50) ? random.pick(doers) : nil
        if let doer { number = doer.replica }
        switch event {
        case .crash:
            await crash(number)
            return await start(number)
        case .freeze:
            // Its timers run off meanwhile.
            let held = replicas[number].state.value.held
            if !held.isEmpty, frozen[number] <= step { await begin(.renew(held), on: number) }
            frozen[number] = step + 5 + random.below(40)
            note("replica \(number) stands still until \(frozen[number])")
            // So long that others take over what it has.
            if random.chance(percent: 60) { jump(by: RefreshQueue.leaseMilliseconds + Int64(random.below(9_000))) }
            if let job = doer?.job { await takeUp(job, from: number) }
            return
        case .clock: return moveClock()
        case .files: return changeFiles()
        default: break
        }
        let replica = replicas[number]
        guard frozen[number] <= step, replica.state.value.isReady else { return }
        await act(event, replica)
    }

    func beginReading(_ replica: Replica) async -> Bool {
        let next = replica.state.change { state in state.unread.isEmpty ? nil : state.unread.removeFirst() }
        guard let next else { return false }
        await begin(random.chance(percent: 97) ? .read(next) : .giveBack(next), on: replica.number)
        return true
    }

    private func act(_ event: Event, _ replica: Replica) async {
        let number = replica.number
        switch event {
        case .claim: await begin(.claim(1 + random.below(3)), on: number)
        case .follow: await follow(replica)
        case .renew where !replica.state.value.held.isEmpty: await begin(.renew(replica.state.value.held), on: number)
        case .job: await begin(.job(random.chance(percent: 70) ? "sweep" : "count"), on: number)
        case .refresh, .delete:
            let index = replica.index.current
            guard let reference = random.pick(references(index)), let slot = index.slot(reference: reference),
                let uid = index.uid(of: slot)
            else { return }
            let kind = event == .refresh ? Activity.Kind.refresh(reference) : .delete(reference: reference, uid: uid)
            await begin(kind, on: number)
        case .register, .unregister:
            guard let path = random.pick(FileWorld.registrable),
                world.people.change({ $0.busy.insert(path).inserted })
            else { return }
            await begin(event == .register ? .register(path) : .unregister(path), on: number)
        case .visit: await begin(.visit(random.below(3)), on: number)
        case .reload:
            guard let path = random.pick(FileWorld.configurable) else { return }
            world.config.change { config in
                if config.contains(path) { config.removeAll { $0 == path } } else { config.append(path) }
            }
            note("the configuration is \(world.config.value.joined(separator: ","))")
            await begin(.reload, on: number)
        default: break
        }
    }

    private func takeUp(_ job: String, from number: Int) async {
        let other = (number + 1) % replicas.count
        if frozen[other] <= step, replicas[other].state.value.isReady { await begin(.job(job), on: other) }
    }

    private func references(_ index: CatalogIndex) -> [String] {
        var found: [String] = []
        index.existing.forEach { slot in if let reference = index.reference(of: slot) { found.append(reference) } }
        return found.sorted()
    }

    func follow(_ replica: Replica) async {
        let isWoken = server.wakes.change { wakes in
            wakes[SQLCatalogFeed.channel.description]?.remove(replica.number) != nil
        }
        // A wake may come late, or for nothing.
        if isWoken || random.chance(percent: 10) { await begin(.follow, on: replica.number) }
    }

    private func jump(by milliseconds: Int64) {
        server.clock.change { $0 += milliseconds }
        if milliseconds < 0 { ledger.state.change { $0.setbacks += 1 } }
        note("the clock jumps by \(milliseconds)")
    }

    private func moveClock() {
        switch random.below(8) {
        case 0: jump(by: -Int64(random.below(40_000)))
        case 1: jump(by: Int64(random.below(600_000)))
        case 2, 3: jump(by: RefreshQueue.leaseMilliseconds + 1)
        default: jump(by: Int64(random.below(12_000)))
        }
    }

    private func changeFiles() {
        let paths = world.files.change { [random] files in
            var random = random
            return (files.change(&random), random)
        }
        random = paths.1
        remember(paths.0)
        note("files change: \(paths.0.joined(separator: ","))")
    }

    func remember(_ paths: [String]) {
        world.people.change { people in for path in paths { people.untold[path, default: 0] += 1 } }
    }
}
