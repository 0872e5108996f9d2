import Foundation
import PortalKit
import Testing

@testable import PortalUI

/// Charts are well formed and say what they show, whatever the values are.
@Suite struct ChartTests {
    private static let english = Language.english.interface
    private static let odd: [(name: String, values: [Double])] = [
        ("none", []), ("one", [5]), ("equal", [3, 3, 3]), ("zero", [0, 0]), ("negative", [-5, -1, 4]),
        ("no numbers", [.nan, .infinity, -.infinity]), ("gaps", [1, .nan, 2, .infinity, 3]),
        ("huge", [1.7e308, -1.7e308, 1e300, 1e-300]), ("many", (0..<1_000).map { Double(($0 * 7_919) % 101) }),
    ]
    private static let long = String(repeating: "long name ", count: 1_000) + "<b>"

    private static func charts(_ values: [Double]) -> [HTML] {
        let bars = values.enumerated().map { ("\(long) \($0)", $1) }
        return [
            SparkLine.html(long, values: values, unit: " ms", Self.english),
            SparkLine.html("x", values: values, isSmall: true, Self.english),
            BarChart.html(long, bars, Self.english),
            HeatMap.calendar(long, first: "2026-02-28", values: values, Self.english),
            StackedBar.html(long, parts: bars.map(\.0), rows: [.init(long, values), .init("b", [1])], Self.english),
            HeatMap.matrix(
                long, columns: bars.map(\.0), rows: [.init(long, values), .init("b", values)], Self.english),
        ]
    }

    @Test("the markup of any values is XML, without a number that is none")
    func wellFormed() throws {
        for (name, values) in Self.odd {
            for chart in Self.charts(values) {
                let text = chart.text.replacing(" class=\"scroll\" tabindex", with: " tabindex")
                #expect(Self.isBalanced(text), "\(name): \(text.prefix(2_000))")
                for drawing in text.matches(of: /\s(?:d|x|y|width|height|viewBox)="([^"]*)"/) {
                    #expect(drawing.1.wholeMatch(of: /[MLhvz0-9 .\-]*/) != nil, "\(name): \(drawing.1)")
                }
                #expect(!text.contains("style="))
            }
        }
    }

    /// Each end tag ends the element that was opened last.
    private static func isBalanced(_ text: String) -> Bool {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
            if tag.1.isEmpty {
                open.append(tag.2)
            } else if open.popLast() != tag.2 {
                return false
            }
        }
        return open.isEmpty
    }

    @Test("each drawing has a text in its place, and its numbers in a table")
    func alternatives() {
        for chart in Self.charts([1, 2, 3]) {
            let text = chart.text
            #expect(text.contains("role=\"img\" aria-label=\""))
            #expect(text.contains("<details class=\"fold\"><summary>Data</summary>") || text.contains("spark small"))
        }
        let text = SparkLine.html("Builds", values: [12, 3, 20, .nan, 18], unit: " s", Self.english).text
        #expect(text.contains("aria-label=\"Builds: 5 values, from 12 s to 18 s, lowest 3 s, highest 20 s\""))
    }

    @Test("many values stay small, and none of their peaks gets lost")
    func many() {
        var values = Array(repeating: 1.0, count: 100_000)
        values[54_321] = 9
        values[77_777] = -4
        let points = SparkLine.thinned(values).compactMap { $0?.value }
        #expect(points.count <= SparkLine.mostPoints + 2)
        #expect(points.max() == 9)
        #expect(points.min() == -4)
        #expect(SparkLine.html("x", values: values, Self.english).bytes.count < 30_000)
        #expect(BarChart.html("x", values.map { ("a", $0) }, Self.english).bytes.count < 40_000)
        #expect(HeatMap.calendar("x", first: "2020-01-01", values: values, Self.english).bytes.count < 80_000)
    }

    @Test("bars of negative values go the other way, what is no number has none")
    func bars() {
        let text = BarChart.html("x", [("a", 50), ("b", -50), ("c", .nan)], Self.english).text
        #expect(text.contains("<rect x=\"500\" y=\"1\" width=\"500\" height=\"14\"></rect>"))
        #expect(text.contains("<rect x=\"0\" y=\"1\" width=\"500\" height=\"14\"></rect>"))
        #expect(text.matches(of: /<rect/).count == 2)
        #expect(text.contains("<b>–</b>"))
    }

    @Test("parts share a whole, and those that are too many become one")
    func parts() {
        let text = StackedBar.html("x", parts: ["a", "b"], rows: [.init("", [75, 25])], Self.english).text
        #expect(text.contains("<rect class=\"fill\" x=\"0\" y=\"1\" width=\"747\""))
        #expect(text.contains("<span>a</span><b>75</b><small>75 %</small>"))
        let names = (1...9).map { "part \($0)" }
        let many = StackedBar.html("x", parts: names, rows: [.init("", Array(repeating: 1, count: 9))], Self.english)
            .text
        #expect(many.contains("<span>Other</span><b>4</b>"))
        #expect(many.contains("<th scope=\"col\">part 9</th>"))
        #expect(
            StackedBar.html("x", parts: ["a"], rows: [.init("", [-1])], Self.english).text.contains(
                "There are no values yet."))
    }

    @Test("levels are squares that are full or not")
    func levels() {
        let text = LevelBar.html(2, name: "Bronze", Self.english).text
        #expect(text.contains("aria-label=\"Level 2 of 5\""))
        #expect(text.matches(of: /class="on"/).count == 2)
        #expect(text.hasSuffix("<span>Bronze</span></span>"))
        #expect(LevelBar.html(99, name: "x", Self.english).text.matches(of: /class="on"/).count == 5)
        #expect(LevelBar.html(-1, name: "x", Self.english).text.matches(of: /class="on"/).isEmpty)
    }

    @Test(
        "numbers are short",
        arguments: [
            (0, "0"), (1_234_567, "1,234,567"), (-12.34, "−12.3"), (0.5, "0.5"), (0.0625, "0.063"), (123.456, "123"),
            (1.05, "1.1"), (9.96, "10"), (1.2345e300, "1.23e+300"), (1e-9, "1e-09"), (.nan, "–"), (-.infinity, "−∞"),
            (999_999_999_999_999, "999,999,999,999,999"), (-0.0, "0"), (5, "5"),
        ] as [(Double, String)])
    func figures(_ value: Double, _ text: String) { #expect(Figure.text(value) == text) }

    @Test("charts speak the language of the page, and write numbers as it does")
    func german() {
        let words = Language.german.interface
        #expect(words.figure(1_234_567) == "1.234.567")
        #expect(words.figure(-12.34, unit: " ms") == "−12,3 ms")
        #expect(words.figure(1.2345e300) == "1,23e+300")
        #expect(words.size(1_536) == "1,5 KiB")
        let bars = BarChart.html("Aufrufe", [("a", 1_500), ("b", 0.5)], words).text
        #expect(bars.contains("aria-label=\"Aufrufe: 2 Balken, am höchsten a mit 1.500, am niedrigsten b mit 0,5\""))
        #expect(bars.contains("<summary>Daten</summary>"))
        let heat = HeatMap.calendar("Aufrufe", first: "2026-03-01", values: [1, 2], words).text
        #expect(heat.contains(">Mär</text>"))
        #expect(heat.contains("Aufrufe: 2 Tage ab 2026-03-01, niedrigster 1, höchster 2"))
    }

    @Test("days are those of the calendar")
    func days() throws {
        let calendar = Calendar(identifier: .iso8601)
        let start = try #require(CalendarDay("1999-12-27"))
        var zone = calendar
        zone.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(zone.date(from: DateComponents(year: 1999, month: 12, day: 27)))
        for offset in stride(from: 0, to: 40_000, by: 17) {
            let date = first.addingTimeInterval(Double(offset) * 86_400)
            let parts = zone.dateComponents([.month, .day, .weekday], from: date)
            let day = start.adding(offset)
            #expect(day.month == parts.month)
            #expect(day.day == parts.day)
            #expect(day.weekday == ((parts.weekday ?? 0) + 5) % 7)
            #expect(CalendarDay(day.text) == day)
        }
        for text in ["2026-02-30", "2026-04-31", "2026-13-01", "x", "2026-1-1", "", "2026-02-29"] {
            #expect(CalendarDay(text) == nil, "\(text)")
        }
        #expect(CalendarDay("2024-02-29T10:00:00Z")?.text == "2024-02-29")
    }
}
