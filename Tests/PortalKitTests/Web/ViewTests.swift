import HTTPTypes
import PortalKit
import Testing

/// What browsers say of how pages are wanted.
@Suite struct ViewTests {
    @Test(
        "preferences survive the cookie, and what nobody knows is left aside",
        arguments: [
            "", "dark", "light.compact", "dark.compact.large.nokeys.de", "nokeys", "en",
        ])
    func preferences(_ text: String) {
        #expect(ViewPreferences(text).text == text)
        #expect(ViewPreferences("zebra..\(text).<script>").text == text)
        let headers: HTTPFields = [.cookie: "a=b; \(ViewPreferences.cookieName)=\(text); c=d"]
        #expect(ViewPreferences(of: headers) == ViewPreferences(text))
    }

    @Test("no cookie, and a broken one, are what holds without one")
    func noPreferences() {
        for cookie in ["", "callboard-view", "callboard-view=", "callboard-view=====", "x-callboard-view=dark"] {
            #expect(ViewPreferences(of: [.cookie: cookie]) == ViewPreferences())
        }
        #expect(ViewPreferences(of: [:]) == ViewPreferences())
    }

    @Test(
        "the language is the one that is wanted most among those that there are",
        arguments: [
            ("", Language.english), ("de", .german), ("de-AT, en;q=0.8", .german), ("en;q=0.5, de;q=0.9", .german),
            ("fr, de;q=0.2, en;q=0.3", .english), ("fr", .english), ("DE-de", .german), ("de;q=0", .english),
            ("de;q=nonsense", .german), (";;;,,,q=", .english),
        ])
    func language(_ wish: String, _ expected: Language) {
        #expect(Language.preferred(by: [.acceptLanguage: wish]) == expected)
    }

    @Test(
        "gzip is sent to those who take it",
        arguments: [
            ("gzip", true), ("gzip, deflate, br", true), ("br;q=1.0, gzip;q=0.2", true), ("*", true), ("", false),
            ("br", false), ("gzip;q=0", false), ("gzip;q=0.000", false), ("GZIP", true), ("xgzip", false),
            ("*;q=0, gzip", true), ("gzip;q=0, *", false),
        ])
    func accepted(_ wish: String, _ expected: Bool) {
        #expect(Gzip.isAccepted(by: wish.isEmpty ? [:] : [.acceptEncoding: wish]) == expected)
    }

    @Test("what is packed is smaller, and what would not be is left")
    func packed() throws {
        let text = Array(String(repeating: "Callboard ", count: 1_000).utf8)
        for level in [Gzip.Level.fast, .small, .fast] {
            let packed = try #require(Gzip.compress(text, level))
            #expect(packed.count < text.count / 10)
            #expect(packed.prefix(2) == [0x1F, 0x8B])
        }
        #expect(Gzip.compress([], .fast) == nil)
        #expect(Gzip.compress([1, 2, 3], .small) == nil)
    }
}
