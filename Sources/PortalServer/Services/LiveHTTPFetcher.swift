import CCurl
import Foundation
import HTTPTypes
import PortalKit
import Synchronization

/// The way out: libcurl, held to the address that was checked (docs/decisions/0005-outbound-http.md).
///
/// Every hop is judged anew: scheme, host, and each address that the host has now. Hosts that the configuration names
/// may be private; the metadata services of clouds never.
struct LiveHTTPFetcher: HTTPFetcher {
    let trustedHosts: TrustedHosts
    /// Where a host's name leads now.
    var resolve: @Sendable (String) -> [NetworkAddress] = { NetworkAddress.resolve($0) }

    private static let mostRedirects = 5
    private static let mostAtOnce = 32
    private static let slots = AsyncSlots(mostAtOnce)
    private static let started: Void = callboard_curl_start()

    func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        _ = Self.started
        let deadline = ContinuousClock.now + .seconds(request.timeoutSeconds)
        var request = request
        for _ in 0...Self.mostRedirects {
            let hop = try FetchTarget(request.url)
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard left > 0 else { throw timeout(hop) }
            let response = try await perform(request, hop, milliseconds: Int(left))
            guard [301, 302, 303, 307, 308].contains(response.status.code), let next = response.headers[.location]
            else {
                return response
            }
            request = try redirected(request, from: hop, to: next, response.status.code)
        }
        throw PortalError(.unavailable, "\(request.url) redirects more than \(Self.mostRedirects) times.")
    }

    private static let harmless: Set<HTTPField.Name> = [
        .accept, .acceptLanguage, .contentType, .ifModifiedSince, .ifNoneMatch, .userAgent,
    ]

    private func redirected(
        _ request: FetchRequest, from hop: FetchTarget, to location: String, _ status: Int
    ) throws -> FetchRequest {
        var request = request
        guard let url = URL(string: location, relativeTo: URL(string: request.url))?.absoluteString else {
            throw PortalError(.unavailable, "\(hop.host) redirects to something that is no URL.")
        }
        let next = try FetchTarget(url)
        guard next.scheme == hop.scheme || next.scheme == "https" else {
            throw PortalError(.notAllowed, "\(hop.host) redirects from https to http.")
        }
        guard request.mayFollow?(url) != false else {
            throw PortalError(.notAllowed, "\(hop.host) redirects to \(next.bareHost), which may not be read here.")
        }
        if (next.host, next.port) != (hop.host, hop.port) {
            // Any other header may hold a credential of the first host.
            let kept = request.headers.filter { Self.harmless.contains($0.name) }
            request.headers = HTTPFields(kept)
        }
        if status == 303 || (status < 303 && request.method != .get && request.method != .head) {
            request.method = .get
            request.body = []
        }
        request.url = url
        return request
    }

    private func perform(_ request: FetchRequest, _ hop: FetchTarget, milliseconds: Int) async throws -> FetchResponse {
        try await Self.slots.acquire()
        defer { Self.slots.release() }
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: the shared ones, on which everything runs, would be missing while they wait for hosts.
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(request, hop, milliseconds: milliseconds) })
            }
        }
    }

    /// The first address that may be reached; one that may not spoils the others, because names can alternate.
    private func address(of hop: FetchTarget) throws -> NetworkAddress {
        let addresses = resolve(hop.host)
        guard let first = addresses.first else {
            throw PortalError(.unavailable, "The host \(hop.host) is unknown.")
        }
        let isTrusted = trustedHosts.current.contains { hop.matches($0) }
        for address in addresses where address.isMetadataService || !(isTrusted || address.isPublic) {
            throw PortalError(
                .notAllowed,
                "\(hop.host) is at \(address.text), which is not on the public internet. "
                    + "To allow it, add the host to backend.reading.allow.")
        }
        return first
    }

    private func exchange(_ request: FetchRequest, _ hop: FetchTarget, milliseconds: Int) throws -> FetchResponse {
        let address = try address(of: hop)
        let host = address.bytes.count == 16 ? "[\(address.text)]" : address.text
        let received = ReceivedAnswer(limit: request.maximumBytes)
        var status = 0
        var message = [CChar](repeating: 0, count: 256)
        let lines = request.headers.map { "\($0.name.rawName): \($0.value)" } + ["Expect:"]
        let code = CStrings(lines).with { headers in
            CStrings([request.method.rawValue, hop.url, "::\(host):\(hop.port)"]).with { texts in
                request.body.withUnsafeBytes { body in
                    var exchange = callboard_exchange()
                    exchange.method = texts[0].map { UnsafePointer($0) }
                    exchange.url = texts[1].map { UnsafePointer($0) }
                    exchange.connect_to = texts[2].map { UnsafePointer($0) }
                    exchange.headers = UnsafeRawPointer(headers).assumingMemoryBound(to: UnsafePointer<CChar>?.self)
                    exchange.body = body.baseAddress
                    exchange.body_length = body.count
                    exchange.timeout_milliseconds = milliseconds
                    exchange.context = Unmanaged.passUnretained(received).toOpaque()
                    exchange.header = { ReceivedAnswer.from($0)?.header($1, $2) ?? 0 }
                    exchange.data = { ReceivedAnswer.from($0)?.data($1, $2) ?? 0 }
                    return callboard_curl_exchange(&exchange, &status, &message)
                }
            }
        }
        if received.isTooLarge {
            throw PortalError(.tooLarge, "\(request.url) answers more than \(ByteCount.text(request.maximumBytes)).")
        }
        guard code == 0 else {
            let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw code == 28 ? timeout(hop) : PortalError(.unavailable, "\(hop.host) could not be reached: \(text)")
        }
        return FetchResponse(
            status: .init(code: status), headers: received.headers, body: received.body, url: request.url)
    }

    private func timeout(_ hop: FetchTarget) -> PortalError {
        PortalError(.unavailable, "\(hop.host) did not answer in time.")
    }
}

/// What libcurl hands over, within a limit. Used by one exchange on one thread.
private final class ReceivedAnswer {
    private static let mostHeaderBytes = 64 << 10
    private let limit: Int
    private var headerBytes = 0
    private(set) var headers = HTTPFields()
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false

    init(limit: Int) { self.limit = limit }

    static func from(_ context: UnsafeMutableRawPointer?) -> ReceivedAnswer? {
        context.map { Unmanaged<ReceivedAnswer>.fromOpaque($0).takeUnretainedValue() }
    }

    func header(_ line: UnsafePointer<CChar>?, _ length: Int) -> Int32 {
        guard let line else { return 0 }
        headerBytes += length
        if headerBytes > Self.mostHeaderBytes { return 0 }
        let bytes = UnsafeRawBufferPointer(start: line, count: length)
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("HTTP/") { headers = [:] }
        guard let colon = text.firstIndex(of: ":"), let name = HTTPField.Name(String(text[..<colon])) else { return 1 }
        headers.append(
            HTTPField(
                name: name, value: text[text.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)))
        return 1
    }

    func data(_ bytes: UnsafePointer<CChar>?, _ length: Int) -> Int32 {
        guard body.count + length <= limit else {
            isTooLarge = true
            return 0
        }
        body += UnsafeRawBufferPointer(start: bytes, count: length)
        return 1
    }
}

/// Texts as C wants them, ended by a null pointer.
private struct CStrings {
    let texts: [String]

    init(_ texts: [String]) { self.texts = texts }

    func with<Result>(_ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
        pointers[texts.count] = nil
        defer {
            for index in texts.indices { free(pointers[index]) }
            pointers.deallocate()
        }
        return body(pointers)
    }
}
