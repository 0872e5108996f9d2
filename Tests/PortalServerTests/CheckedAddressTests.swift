import EntityModel
import HTTPTypes
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

@Suite struct CheckedAddressTests {
    private static let loopback = NetworkAddress(bytes: [127, 0, 0, 1], text: "127.0.0.1")
    private static let elsewhere = NetworkAddress(bytes: [93, 184, 215, 14], text: "93.184.215.14")

    /// Runs a server that counts its requests.
    private func run(_ body: @Sendable (_ port: Int, _ count: @Sendable () -> Int) async throws -> Void) async throws {
        let count = Counter()
        let hello = Route(.get, "/hello", access: .open(reason: "a test")) { _ in
            count.add()
            return .json("hello")
        }
        try await TestServer.run([hello]) { server in try await body(server.port) { count.value } }
    }

    @Test(
        "the address that was checked is the one that is connected to, however the host is written",
        arguments: [
            ("b\u{fc}cher.example", "xn--bcher-kva.example"), ("MiXeD.Example", "mixed.example"),
            ("dotted.example.", "dotted.example"), ("[2001:db8::1]", "2001:db8::1"), ("plain.example", "plain.example"),
            ("[2001:DB8:0:0::1]", "2001:db8::1"),
        ])
    func pinned(_ host: String, _ asked: String) async throws {
        try await run { port, count in
            let names = Mutex<[String]>([])
            // No resolver knows these names, so whatever is reached is reached by this answer.
            var fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts([asked]))
            fetcher.resolve = { name in
                names.withLock { $0.append(name) }
                return [Self.loopback]
            }
            let answer = try await fetcher.fetch(FetchRequest(.get, "http://\(host):\(port)/hello"))
            #expect(answer.status == .ok)
            #expect(String(decoding: answer.body, as: UTF8.self) == "\"hello\"")
            #expect(names.withLock { $0 } == [asked])
            #expect(count() == 1)
        }
    }

    @Test(
        "a name that leads to this machine is refused unless it is allowed, and nothing is sent",
        arguments: [
            "plain.example", "b\u{fc}cher.example", "PLAIN.example", "plain.example.", "[2001:db8::1]", "127.0.0.1",
        ])
    func refused(_ host: String) async throws {
        try await run { port, count in
            for addresses in [[Self.loopback], [Self.elsewhere, Self.loopback]] {
                var fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["other.example", "*.plain.example"]))
                fetcher.resolve = { _ in addresses }
                await #expect {
                    try await fetcher.fetch(FetchRequest(.get, "http://\(host):\(port)/hello"))
                } throws: { error in
                    (error as? PortalError)?.kind == .notAllowed
                        && (error as? PortalError)?.message.contains("127.0.0.1") == true
                }
            }
            #expect(count() == 0)
        }
    }

    @Test(
        "the system's own names for this machine are refused too",
        arguments: ["localhost", "LOCALHOST.", "[::1]", "127.1"])
    func systemNames(_ host: String) async throws {
        try await run { port, count in
            await #expect {
                try await LiveHTTPFetcher(trustedHosts: TrustedHosts([])).fetch(
                    FetchRequest(.get, "http://\(host):\(port)/hello"))
            } throws: { ($0 as? PortalError)?.kind == .notAllowed }
            let answer = try await LiveHTTPFetcher(trustedHosts: TrustedHosts(["127.0.0.1"])).fetch(
                FetchRequest(.get, "http://127.0.0.1:\(port)/hello"))
            #expect(answer.status == .ok)
            #expect(count() == 1)
        }
    }

    @Test("hosts of the configuration are meant however they are written, and with their port alone where one is")
    func trusted() throws {
        let yes = [
            ("http://b\u{fc}cher.example/", "b\u{fc}cher.example"),
            ("http://a.b\u{fc}cher.example/", "*.b\u{fc}cher.example"),
            ("http://a.example.:81/", "A.example:81"), ("http://[2001:db8::1]/", "2001:DB8:0::1"),
            ("http://[2001:db8::1]:81/", "[2001:db8::1]:81"), ("http://[2001:db8::1]/", "[2001:db8::1]"),
        ]
        for (url, pattern) in yes { #expect(try FetchTarget(url).matches(pattern), "\(url) \(pattern)") }
        let no = [
            ("http://a.example:82/", "a.example:81"), ("http://a.example/", "*.a.example"),
            ("http://ba.example/", "*.a.example"), ("http://[2001:db8::1]:82/", "[2001:db8::1]:81"),
            ("http://[2001:db8::2]/", "2001:db8::1"),
        ]
        for (url, pattern) in no { #expect(try !FetchTarget(url).matches(pattern), "\(url) \(pattern)") }
        for url in ["http://a%2eexample/", "http://a.example%5C@b/", "http://u@a.example/", "file:///etc", "http:///x"]
        {
            #expect(throws: PortalError.self) { try FetchTarget(url) }
        }
    }

    @Test("a redirect is judged anew: to a name that leads to this machine it is not followed")
    func redirects() async throws {
        let moved = Route(.get, "/moved", access: .open(reason: "a test")) { request in
            .redirect(request.query["to"] ?? "")
        }
        let count = Counter()
        let hello = Route(.get, "/hello", access: .open(reason: "a test")) { _ in
            count.add()
            return .json("hello")
        }
        try await TestServer.run([moved, hello]) { server in
            var fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["first.example"]))
            fetcher.resolve = { _ in [Self.loopback] }
            let target = PercentCoding.encode("http://b\u{fc}cher.example:\(server.port)/hello")
            await #expect {
                try await fetcher.fetch(
                    FetchRequest(.get, "http://first.example:\(server.port)/moved?to=\(target)"))
            } throws: { ($0 as? PortalError)?.kind == .notAllowed }
            #expect(count.value == 0)
        }
    }
}

/// Counts what concurrent parts of a test do.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
