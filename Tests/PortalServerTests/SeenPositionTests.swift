import HTTPTypes
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

@Suite struct SeenPositionTests {
    private static func headers(_ position: String? = nil, cookie: String? = nil) -> HTTPFields {
        var headers = HTTPFields()
        if let position, let name = HTTPField.Name("Callboard-Position") { headers[name] = position }
        if let cookie { headers[.cookie] = cookie }
        return headers
    }

    @Test("the later of header and cookie counts; what is no number of ours is left aside")
    func reading() {
        #expect(SeenPosition.seen(Self.headers("12")) == 12)
        #expect(SeenPosition.seen(Self.headers(cookie: "a=b; callboard-position=7")) == 7)
        #expect(SeenPosition.seen(Self.headers("3", cookie: "callboard-position=7;a=1")) == 7)
        #expect(SeenPosition.seen(Self.headers()) == nil)
        for bad in ["", "-1", "1e3", "99999999999999999999", "٣", "9223372036854775808"] {
            #expect(SeenPosition.seen(Self.headers(bad, cookie: "callboard-position=\(bad)")) == nil)
        }
    }

    @Test("who has seen more than this replica waits, others do not; browsers keep what they saw")
    func waiting() async {
        let asked = Mutex<[Int64]>([])
        let seen = SeenPosition(
            position: ReadPosition(current: { 10 }, reach: { number, _ in asked.withLock { $0.append(number) } }),
            isSecure: true)
        for position in ["9", "10", "11"] { await seen.wait(for: Self.headers(position)) }
        #expect(asked.withLock { $0 } == [11])
        var answer = HTTPFields()
        seen.tell(Self.headers("9"), &answer)
        #expect(answer[.setCookie] == nil)
        #expect(HTTPField.Name("Callboard-Position").flatMap { answer[$0] } == "10")
        answer = HTTPFields()
        seen.tell(Self.headers(cookie: "callboard-session=x; callboard-position=9"), &answer)
        #expect(answer[.setCookie] == "callboard-position=10; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure")
        answer = HTTPFields()
        seen.tell(Self.headers(cookie: "callboard-session=x; callboard-position=10"), &answer)
        #expect(answer[.setCookie] == nil)
    }
}
