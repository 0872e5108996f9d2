import Foundation
import HTTPTypes
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

/// The way out, against a server of this machine.
@Suite(.serialized) struct LiveHTTPFetcherTests {
    /// Counts who arrives where redirects lead.
    private final class Sink: Sendable {
        private let arrivals = Mutex(0)
        var count: Int { arrivals.withLock { $0 } }
        func add() { arrivals.withLock { $0 += 1 } }
    }

    private func routes(_ sink: Sink) -> [Route] {
        [
            Route(.get, "/go", access: .open(reason: "a test")) { request in
                let status = Int(request.query["status"] ?? "") ?? 302
                return .redirect(request.query["to"] ?? "", status: .init(code: status))
            },
            Route(.get, "/there", access: .open(reason: "a test")) { _ in
                sink.add()
                return .text("arrived")
            },
        ]
    }

    @Test("hosts that take their time keep nobody else waiting", .timeLimit(.minutes(2)))
    func slowHosts() async throws {
        let host = SlowHost()
        let late = Route(.get, "/late", access: .open(reason: "a test")) { _ in
            await host.answer()
            return .text("late")
        }
        let fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["127.0.0.1"]))
        try await TestServer.run(routes(Sink()) + [late]) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        _ = try await fetcher.fetch(FetchRequest(.get, "http://127.0.0.1:\(server.port)/late"))
                    }
                }
                // All of them wait at once, and somebody else is answered meanwhile.
                while await host.waiting < 16 { try await Task.sleep(for: .milliseconds(10)) }
                _ = try await fetcher.fetch(FetchRequest(.get, "http://127.0.0.1:\(server.port)/there"))
                await host.open()
                try await group.waitForAll()
            }
        }
    }

    /// Answers when it is told to, and not before.
    private actor SlowHost {
        private var held: [CheckedContinuation<Void, Never>] = []
        private var isOpen = false

        var waiting: Int { held.count }

        func answer() async {
            if !isOpen { await withCheckedContinuation { held.append($0) } }
        }

        func open() {
            isOpen = true
            held.forEach { $0.resume() }
            held = []
        }
    }

    private func kind(_ work: () async throws -> Void) async -> PortalError.Kind? {
        do {
            try await work()
            return nil
        } catch { return (error as? PortalError)?.kind }
    }

    @Test("an allowed host cannot widen by redirects what may be read", arguments: [301, 302, 303, 307, 308])
    func redirects(_ status: Int) async throws {
        let sink = Sink()
        let fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["127.0.0.1", "localhost"]))
        try await TestServer.run(routes(sink)) { server in
            let next = "http://localhost:\(server.port)/there"
            let url = "http://127.0.0.1:\(server.port)/go?status=\(status)&to=\(PercentCoding.encode(next))"
            var request = FetchRequest(.get, url)
            let free = try await fetcher.fetch(request)
            #expect(free.url == next)
            #expect(sink.count == 1)
            request.mayFollow = { !$0.contains("localhost") }
            let bound = request
            #expect(await kind { _ = try await fetcher.fetch(bound) } == .notAllowed)
            #expect(sink.count == 1)
        }
    }

    @Test(
        "redirects to where nothing may be read are not followed",
        arguments: [
            "http://[::1]:PORT/there", "http://169.254.169.254/there", "file:///etc/passwd", "ftp://127.0.0.1/x",
        ])
    func forbiddenTargets(_ target: String) async throws {
        let sink = Sink()
        let fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["127.0.0.1", "169.254.169.254"]))
        try await TestServer.run(routes(sink)) { server in
            let next = PercentCoding.encode(target.replacing("PORT", with: "\(server.port)"))
            let request = FetchRequest(.get, "http://127.0.0.1:\(server.port)/go?to=\(next)")
            #expect(await kind { _ = try await fetcher.fetch(request) } == .notAllowed)
            #expect(sink.count == 0)
        }
    }

    @Test("a host is trusted from when the configuration names it to when it no longer does")
    func trust() async throws {
        let sink = Sink()
        let hosts = TrustedHosts()
        let fetcher = LiveHTTPFetcher(trustedHosts: hosts)
        try await TestServer.run(routes(sink)) { server in
            let request = FetchRequest(.get, "http://127.0.0.1:\(server.port)/there")
            #expect(await kind { _ = try await fetcher.fetch(request) } == .notAllowed)
            hosts.exchange(for: ["127.0.0.1"])
            #expect(await kind { _ = try await fetcher.fetch(request) } == nil)
            hosts.exchange(for: [])
            #expect(await kind { _ = try await fetcher.fetch(request) } == .notAllowed)
            #expect(sink.count == 1)
        }
    }
}
