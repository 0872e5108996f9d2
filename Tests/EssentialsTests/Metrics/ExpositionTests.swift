import PortalKit
import Testing

@testable import Essentials

@Suite struct ExpositionTests {
    @Test("families are written in the order of their names, each once, with help and type before its samples")
    func families() {
        let text = Exposition.text([
            MetricFamily("b_total", .counter, "Of b.", [MetricSample(2, [.init("x", "1")])]),
            MetricFamily("a", .gauge, "Of a.", 0.25),
            MetricFamily("b_total", .counter, "Of b.", [MetricSample(3, [.init("x", "2"), .init("y", "z")])]),
            MetricFamily("nothing", .gauge, "Without samples.", []),
        ])
        #expect(
            text == """
                # HELP a Of a.
                # TYPE a gauge
                a 0.25
                # HELP b_total Of b.
                # TYPE b_total counter
                b_total{x="1"} 2
                b_total{x="2",y="z"} 3

                """)
    }

    @Test("what would end a line or a value is escaped")
    func escaping() {
        let text = Exposition.text([
            MetricFamily("a", .gauge, "One\nline \\ \"all\"", [MetricSample(1, [.init("x", "a\"b\\c\nd")])])
        ])
        #expect(
            text
                == #"""
                # HELP a One\nline \\ "all"
                # TYPE a gauge
                a{x="a\"b\\c\nd"} 1

                """#.replacing("\\\\", with: "\\\\"))
    }

    @Test(
        "numbers are written as Prometheus reads them",
        arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e21, "1e+21"), (3, "3")])
    func numbers(_ number: Double, _ text: String) {
        #expect(Exposition.text([MetricFamily("a", .gauge, "A.", number)]).hasSuffix("\na \(text)\n"))
    }
}
