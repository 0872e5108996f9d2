import HTTPTypes
import PortalKit

/// What a client has seen goes with it from replica to replica: browsers carry it in a cookie, programs may send the
/// header of an earlier answer back. A replica that is behind waits a little.
struct SeenPosition: Sendable {
    static let headerName = "Callboard-Position"
    static let cookieName = "callboard-position"
    /// Longer than a replica is ever behind while all is well.
    private static let cookieSeconds = 60
    /// Whoever asks for more than can be reached waits no longer than this.
    private static let patience: Duration = .milliseconds(200)

    private static let header = HTTPField.Name(headerName)

    let position: ReadPosition
    let isSecure: Bool

    /// Waits until this replica has what the client saw.
    func wait(for headers: HTTPFields) async {
        guard let seen = Self.seen(headers), seen > position.current() else { return }
        await position.reach(seen, Self.patience)
    }

    /// Tells the client how far it has seen now.
    func tell(_ request: HTTPFields, _ response: inout HTTPFields) {
        let current = position.current()
        if let name = Self.header { response[name] = "\(current)" }
        // Only browsers have cookies to keep.
        guard request[values: .cookie].contains(where: { !$0.isEmpty }), Self.cookie(request) != current else { return }
        response.append(
            HTTPField(
                name: .setCookie,
                value: "\(Self.cookieName)=\(current); Max-Age=\(Self.cookieSeconds); Path=/; HttpOnly; SameSite=Lax"
                    + (isSecure ? "; Secure" : "")))
    }

    static func seen(_ headers: HTTPFields) -> Int64? {
        let sent = header.flatMap { headers[$0] }.flatMap(number)
        guard let kept = cookie(headers) else { return sent }
        return max(kept, sent ?? kept)
    }

    private static func cookie(_ headers: HTTPFields) -> Int64? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == cookieName else { continue }
                return number(parts[1])
            }
        }
        return nil
    }

    /// What is no number was not sent by us and is left aside.
    private static func number(_ text: some StringProtocol) -> Int64? {
        text.utf8.count <= 19 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }
}
