import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// The guest of a portal, whom its configuration lets see the devtools.
enum OperatorHeaders {
    static func make(_ portal: TestPortal) async throws -> HTTPFields {
        let host = try #require(HTTPField.Name("Host"))
        var headers: HTTPFields = [host: "127.0.0.1:7007", .origin: "http://127.0.0.1:7007"]
        let answer = await portal.submit("/sign-in/guest", form: "", headers: headers)
        let cookies = answer.headers[values: .setCookie].compactMap { $0.split(separator: ";").first }
        headers[.cookie] = cookies.joined(separator: "; ")
        return headers
    }
}
