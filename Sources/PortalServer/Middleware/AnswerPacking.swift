import HTTPTypes
import PortalKit

/// Sends texts smaller to clients that take it: pages, lists, exports, metrics. No answer holds a secret that its length
/// could give away next to what somebody else put into it (BREACH): forms need no token, because the origin of a request
/// is looked at, and what tells a token repeats nothing of the request.
enum AnswerPacking {
    private static let shortest = 1_024
    private static let packed: Set<String> = [
        "text/html", "text/plain", "text/csv", "application/json", "application/x-ndjson",
    ]

    static func pack(_ response: inout PortalResponse, for headers: HTTPFields) {
        guard response.headers[.contentEncoding] == nil, isPacked(response) else { return }
        addVary(to: &response.headers)
        guard response.body.count >= shortest || response.pieces != nil, Gzip.isAccepted(by: headers) else { return }
        if let pieces = response.pieces {
            (response.body, response.pieces) = GzipPieces.packed(response.body, pieces)
        } else {
            guard let body = Gzip.compress(response.body, .fast) else { return }
            response.body = body
        }
        response.headers[.contentEncoding] = "gzip"
    }

    private static func isPacked(_ response: PortalResponse) -> Bool {
        // What is unchanged says as much of itself as what it stands for.
        if response.status == .notModified { return true }
        guard let type = response.headers[.contentType] else { return false }
        return packed.contains(String(type.prefix { $0 != ";" }))
    }

    /// What a cache must look at beside the address.
    private static func addVary(to headers: inout HTTPFields) {
        guard let others = headers[.vary] else { return headers[.vary] = "Accept-Encoding" }
        if !others.contains("Accept-Encoding") { headers[.vary] = "\(others), Accept-Encoding" }
    }
}
