import HTTPTypes
import PortalKit
import Synchronization

/// Outbound requests of a test, answered from what was recorded; an unexpected one is refused and noted.
public final class RecordedHTTP: HTTPFetcher {
    private struct State {
        var answers: [String: FetchResponse] = [:]
        var requests: [FetchRequest] = []
        var unexpected: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Records the answer to `GET <url>` or to another method.
    public func record(
        _ method: HTTPRequest.Method = .get, _ url: String, status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:], _ body: String = ""
    ) {
        let answer = FetchResponse(status: status, headers: headers, body: Array(body.utf8), url: url)
        state.withLock { $0.answers["\(method.rawValue) \(url)"] = answer }
    }

    /// Requests that nothing was recorded for; a test expects none.
    public var unexpected: [String] { state.withLock { $0.unexpected } }
    public var requests: [FetchRequest] { state.withLock { $0.requests } }

    public func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        let key = "\(request.method.rawValue) \(request.url)"
        return try state.withLock { state in
            state.requests.append(request)
            if let answer = state.answers[key] { return answer }
            state.unexpected.append(key)
            throw PortalError(.unavailable, "Nothing was recorded for \(key).")
        }
    }
}
