import HTTPTypes
import PortalKit

/// Sends pages smaller to clients that take it. A page holds no secret that its length could give away next to what
/// somebody else put into it (BREACH): forms need no token, because the origin of a request is looked at.
enum PagePacking {
    private static let shortest = 1_024

    static func pack(_ response: inout PortalResponse, for headers: HTTPFields) {
        guard response.headers[.contentType]?.hasPrefix("text/html") == true, response.headers[.contentEncoding] == nil
        else { return }
        if response.headers[.vary] == nil { response.headers[.vary] = "Accept-Encoding" }
        guard response.body.count >= shortest, response.pieces == nil, Gzip.isAccepted(by: headers),
            let packed = Gzip.compress(response.body, .fast)
        else { return }
        response.body = packed
        response.headers[.contentEncoding] = "gzip"
    }
}
