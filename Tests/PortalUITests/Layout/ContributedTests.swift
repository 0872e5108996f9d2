import Foundation
import PortalKit
import PortalUI
import Testing

@Suite struct ContributedTests {
    private static let context = ViewContext(principal: .none, now: Date(timeIntervalSince1970: 0))

    @Test("what does not end is given up, what fails says why, and nothing stays nothing") func alone() async {
        let slow = await Contributed.html(within: .milliseconds(20), Self.context) {
            try await Task.sleep(for: .seconds(60))
            return .empty
        }
        #expect(slow?.text.contains("No answer within") == true)
        let failing = await Contributed.html(Self.context) { throw PortalError(.unavailable, "<away>") }
        #expect(failing?.text.contains("&lt;away&gt;") == true)
        let broken = await Contributed.html(Self.context) { throw PortalError(.internal, "secret") }
        #expect(broken?.text.contains("This part could not be drawn.") == true)
        #expect(broken?.text.contains("secret") == false)
        let nothing = await Contributed.html(Self.context) { nil }
        #expect(nothing == nil)
    }

    @Test("many are drawn at once and keep their order") func order() async {
        let drawn = await Contributed.all([40, 1, 20], Self.context) { delay in
            try await Task.sleep(for: .milliseconds(delay))
            return delay == 1 ? nil : HTML { $0.text("\(delay)") }
        }
        #expect(drawn.map(\.part) == [40, 1, 20])
        #expect(drawn.map { $0.content?.text } == ["40", nil, "20"])
    }
}
