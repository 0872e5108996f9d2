import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Synchronization
import Testing

/// The server's own configuration, changed while the portal runs.
@Suite struct ConfigWatchTests {
    private func load(_ text: String) throws -> AppConfigLoader.Loaded {
        try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
    }

    @Test("a new title is on the next page")
    func title() async throws {
        let portal = try await TestPortal.make("app: { title: Old name }")
        func page() async -> String { String(decoding: await portal.send(.get, "/sign-in").body, as: UTF8.self) }
        #expect(await page().contains("Old name"))
        let next = try load("app: { title: New name }")
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            server: { try portal.take($0) }, load: { next })
        _ = await watch.reload(try load("app: { title: Old name }").config)
        #expect(await page().contains("New name"))
        #expect(await !page().contains("Old name"))
    }

    @Test("what takes effect at once is handed over; what needs a restart is named, without its value")
    func lateKeys() async throws {
        let log = LogLines()
        let taken = Mutex<[String]>([])
        func reload(_ old: String, _ new: String) async throws {
            let next = try load(new)
            let watch = ConfigWatch(
                plugins: standardPlugins, reloads: [], logger: log.logger,
                server: { config in taken.withLock { $0.append(config.node("app.title").value?.string ?? "none") } },
                load: { next })
            _ = await watch.reload(try load(old).config)
        }
        let secret = "auth: { session: { secret: "
        try await reload(
            "backend: { listen: ':7007' }\n\(secret)shh-shh-1 } }",
            "backend: { listen: ':7008' }\n\(secret)shh-shh-2 } }")
        #expect(taken.withLock { $0 } == [])
        #expect(
            log.all.contains(
                "warning: backend.listen was changed; it takes effect after a restart (app-config.yaml:1)."))
        #expect(
            log.all.contains(
                "warning: auth.session.secret was changed; it takes effect after a restart (app-config.yaml:2)."))
        #expect(!log.all.contains { $0.contains("shh") })
        let count = log.all.count
        try await reload("app: { title: a }", "app: { title: b }")
        try await reload("app: { title: b }", "app: { title: b }\nbackend: { reading: { allow: [{ host: h }] } }")
        #expect(taken.withLock { $0 } == ["b", "b"])
        #expect(!log.all.dropFirst(count).contains { $0.contains("restart") })
    }

    @Test("keys that are in force now are named, a list once")
    func inForce() async throws {
        let log = LogLines()
        let next = try load(
            """
            app: { title: b }
            backend: { reading: { allow: [{ host: h, paths: [/a] }, { host: i }] } }
            catalog: { orphanStrategy: keep }
            """)
        let watch = ConfigWatch(plugins: standardPlugins, reloads: [], logger: log.logger, load: { next })
        _ = await watch.reload(try load("app: { title: a }").config)
        #expect(
            log.all == ["info: Changed, and in force now: app.title, backend.reading.allow, catalog.orphanStrategy."])
    }

    @Test("a list that needs a restart is named once")
    func lateList() async throws {
        let log = LogLines()
        let next = try load("backend: { auth: { keys: [{ secret: abcdefghijkl }, { secret: abcdefghijklmnop }] } }")
        let watch = ConfigWatch(plugins: standardPlugins, reloads: [], logger: log.logger, load: { next })
        _ = await watch.reload(try load("app: {}").config)
        #expect(
            log.all == ["warning: backend.auth.keys was changed; it takes effect after a restart (app-config.yaml:1)."])
    }

    @Test("a key that is as it runs again needs no restart")
    func asItRuns() async throws {
        let log = LogLines()
        let first = try load("backend: { listen: ':7007' }")
        let watch = ConfigWatch(plugins: standardPlugins, reloads: [], logger: log.logger, load: { first })
        _ = await watch.reload(try load("backend: { listen: ':7008' }").config, startedWith: first.config)
        #expect(!log.all.contains { $0.contains("restart") })
    }

    @Test("where the server cannot take a change over, nobody does")
    func refused() async throws {
        let next = try load("app: { title: b }")
        let old = try load("app: { title: a }").config
        let log = LogLines()
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: log.logger,
            server: { _ in throw PortalError(.input, "Configuration: no.") }, load: { next })
        #expect(await watch.reload(old).root == old.root)
        #expect(log.all == ["error: The configuration was not taken over: Configuration: no."])
    }

    @Test("why a configuration is not in force is told mistake by mistake, until one is taken over")
    func told() async throws {
        let told = Mutex<[[String]]>([])
        let texts = Mutex([
            "app: { title: { a: b } }\nbackend: { listen: { port: x }, database: { connection: { port: y } } }",
            "app: { title: 'a", "app: { title: a }",
        ])
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: LogLines().logger,
            inForce: { _ in told.withLock { $0.append([]) } }, refused: { some in told.withLock { $0.append(some) } },
            load: { [self] in try load(texts.withLock { $0.removeFirst() }) })
        let old = try load("app: { title: a }").config
        for _ in 0..<3 { _ = await watch.reload(old) }
        let all = told.withLock { $0 }
        #expect(all.map(\.count) == [3, 1, 0], "\(all)")
        #expect(all[0].last?.hasPrefix("backend.") == true, "\(all)")
        #expect(all.joined().allSatisfy { $0.contains("app-config.yaml:") }, "\(all)")
    }

    @Test("all that plugins find wrong with a change is told at once, and no secret")
    func toldByPlugins() async throws {
        let told = Mutex<[[String]]>([])
        let log = LogLines()
        let next = try load(
            """
            app: { title: b }
            catalog: { orphanStrategy: never, rules: [{ deny: [API] }] }
            auth: { session: { secret: shh } }
            """)
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: log.logger,
            refused: { some in told.withLock { $0.append(some) } }, load: { next })
        let old = try load("app: { title: a }").config
        #expect(await watch.reload(old).root == old.root)
        let all = told.withLock { $0 }
        #expect(all.count == 1)
        for key in ["catalog.orphanStrategy", "catalog.rules[0]", "auth.session.secret"] {
            #expect(all.joined().contains { $0.hasPrefix(key) && $0.contains("app-config.yaml:") }, "\(key) \(all)")
            #expect(log.all.contains { $0.contains(key) }, "\(log.all)")
        }
        #expect(!(log.all + all.joined()).contains { $0.contains("shh") })
    }

    @Test("what others throw is for the log alone")
    func secretTrouble() async throws {
        struct Trouble: Error { let token = "shh" }
        let told = Mutex<[[String]]>([])
        let next = try load("app: { title: b }")
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: LogLines().logger, server: { _ in throw Trouble() },
            refused: { some in told.withLock { $0.append(some) } }, load: { next })
        _ = await watch.reload(try load("app: { title: a }").config)
        #expect(told.withLock { $0 } == [[]])
    }

    @Test("that a configuration is right again is said once, even where it is as before")
    func repaired() async throws {
        let log = LogLines()
        let texts = Mutex([
            "app: hello", "app: hello", "app: { title: a }", "app: { title: a }", "app: 7", "app: { title: b }",
        ])
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: log.logger,
            load: { [self] in try load(texts.withLock { $0.removeFirst() }) })
        var current = try load("app: { title: a }").config
        for _ in 0..<6 { current = await watch.reload(current) }
        let repaired = "info: The configuration is right again, and in use as its files say."
        #expect(log.all.map { $0 == repaired } == [false, false, true, false, false, true], "\(log.all)")
        #expect(log.all[4] == "info: Changed, and in force now: app.title.")
        #expect(current.node("app.title").value == "b")
    }

    @Test(
        "a file that is empty where it held something is refused, one that is meant to hold nothing is not",
        arguments: ["", " \n\n", "# app: { title: a }\n", "---\n# none\n"])
    func emptied(_ text: String) async throws {
        let log = LogLines()
        let texts = Mutex([text, "{}", text])
        let told = Mutex<[[String]]>([])
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: log.logger,
            refused: { some in told.withLock { $0.append(some) } },
            load: { [self] in try load(texts.withLock { $0.removeFirst() }) })
        let first = try load("app: { title: a }").config
        var current = await watch.reload(first)
        #expect(current.node("app.title").value == "a")
        let why = "app-config.yaml is empty; what it held before stays in force. Write {} into it if nothing is meant."
        #expect(log.all == ["error: The configuration was not taken over: \(why)"])
        #expect(told.withLock { $0 } == [[why]])
        current = await watch.reload(current)
        #expect(current.root.isEmpty)
        // What was empty at the start may stay so.
        let empty = try load(text).config
        #expect(await watch.reload(empty).files == empty.files)
        #expect(told.withLock { $0.count } == 1)
    }

    @Test("an included file that is empty where it held something is refused")
    func emptiedInclude() async throws {
        let included = Mutex("locations: []")
        func load() throws -> AppConfigLoader.Loaded {
            try AppConfigLoader(environment: [:]) { path in
                Array(
                    path.hasSuffix("catalog.yaml")
                        ? included.withLock { $0.utf8 } : "catalog: { $include: catalog.yaml }".utf8)
            }.load(["/portal/app-config.yaml"])
        }
        let first = try load().config
        included.withLock { $0 = "# nothing" }
        let next = try load()
        let log = LogLines()
        let watch = ConfigWatch(plugins: standardPlugins, reloads: [], logger: log.logger, load: { next })
        #expect(await watch.reload(first).root == first.root)
        #expect(log.all.count == 1 && log.all.allSatisfy { $0.contains("catalog.yaml is empty; ") }, "\(log.all)")
    }

    @Test("where a plugin cannot take a change over, what others took of it is put back")
    func putBack() async throws {
        let old = try load("app: { title: a }").config
        let next = try load("app: { title: b }\ncatalog: { orphanStrategy: keep }")
        let titles = Mutex<[String]>([])
        let log = LogLines()
        let watch = ConfigWatch(
            plugins: standardPlugins,
            reloads: [ConfigReload(plugin: "catalog") { _ in throw PortalError(.unavailable, "not now.") }],
            logger: log.logger,
            server: { config in titles.withLock { $0.append(config.node("app.title").value?.string ?? "none") } },
            load: { next })
        #expect(await watch.reload(old).root == old.root)
        #expect(titles.withLock { $0 } == ["b", "a"])
        #expect(log.all == ["error: The configuration of catalog was not taken over: not now."])
    }

    @Test("what was written before anybody watched is found all the same", .timeLimit(.minutes(1)))
    func unseen() async throws {
        let files = MemoryWorkspace()
        // The third reading is of another file too, which has to be watched from then on.
        let titles = Mutex(["b", "c", "d"])
        let taken = Mutex<[String]>([])
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: LogLines().logger,
            server: { config in taken.withLock { $0.append(config.node("app.title").value?.string ?? "none") } },
            load: {
                let title = titles.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
                let name = title == "b" ? "a.yaml" : "b.yaml"
                return try AppConfigLoader(environment: [:]) { _ in Array("app: { title: \(title) }".utf8) }
                    .load(["/portal/\(name)"])
            })
        let first = try AppConfigLoader(environment: [:]) { _ in Array("app: { title: a }".utf8) }
            .load(["/portal/a.yaml"]).config
        let running = Task { try await watch.run(first, files: files) }
        while taken.withLock({ $0 }) != ["b"] { await Task.yield() }
        files.announce(.path("/portal/a.yaml"))
        while taken.withLock({ $0 }) != ["b", "c", "d"] { await Task.yield() }
        running.cancel()
        _ = await running.result
    }
}
