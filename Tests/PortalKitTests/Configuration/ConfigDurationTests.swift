import EntityModel
import Testing

@testable import PortalKit

/// Lengths of time in the configuration.
@Suite struct ConfigDurationTests {
    private static func seconds(_ value: JSONValue) throws -> Double? {
        try ConfigNode(path: "a.b", value: value).durationSeconds()
    }

    @Test(
        "words, ISO 8601 and objects say the same",
        arguments: [
            ("30s", 30), ("250ms", 0.25), ("5m", 300), ("5 minutes", 300), ("1h30m", 5_400), ("1h 30m", 5_400),
            ("1.5 hours", 5_400), ("7d", 604_800), ("52w", 31_449_600), ("1y", 31_536_000), ("PT1H30M", 5_400),
            ("P1M", 2_592_000), ("PT1M", 60), ("P1Y", 31_536_000), ("P2W", 1_209_600), ("P1DT12H", 129_600),
            ("pt0.5s", 0.5),
        ] as [(String, Double)])
    func texts(_ text: String, _ expected: Double) throws {
        #expect(try Self.seconds(.string(text)) == expected)
    }

    @Test("objects add their units, and nothing is nothing") func objects() throws {
        #expect(try Self.seconds(["hours": 1, "minutes": 30]) == 5_400)
        #expect(try Self.seconds(.null) == nil)
        #expect(try ConfigNode(path: "a.b", value: nil).durationSeconds() == nil)
    }

    @Test(
        "what is none names its place and what would be one",
        arguments: [
            "", "5", "soon", "5 parsecs", "P", "PT", "P1DT", "P1H", "PT1D", "-5m", "m", "5m3", "1..5h", "٣m",
        ])
    func mistakes(_ text: String) {
        #expect {
            try Self.seconds(.string(text))
        } throws: {
            "\($0)".contains("a.b must be a number with its unit") && !"\($0)".contains("false")
        }
    }

    @Test("where false may stand, the mistake says so") func off() {
        #expect {
            try ConfigNode(path: "a.b", value: "soon").durationSeconds(orFalse: true)
        } throws: {
            "\($0)".contains("or false for never")
        }
    }

    @Test("what no clock comes to is refused", arguments: [String(repeating: "9", count: 400) + "s", "1001y"])
    func long(_ text: String) {
        #expect { try Self.seconds(.string(text)) } throws: { "\($0)".contains("at most a thousand years") }
        #expect { try Self.seconds(["years": 1e300]) } throws: { "\($0)".contains("at most a thousand years") }
    }
}
