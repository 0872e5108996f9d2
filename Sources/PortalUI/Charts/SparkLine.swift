public import PortalKit

/// How a value went over time, as one line.
public enum SparkLine {
    /// Two for each of as many places as a narrow screen tells apart.
    static let mostPoints = 400

    /// - Parameters:
    ///   - label: what the values are.
    ///   - values: in order of time; what is no finite number is a gap.
    ///   - names: when each value was, for the table and below both ends.
    ///   - isSmall: for a row of a table: without caption, ends and data, which must then stand beside it.
    public static func html(
        _ label: String, values: [Double], names: [String] = [], unit: String = "", isSmall: Bool = false,
        _ words: any InterfaceWords
    ) -> HTML {
        guard values.contains(where: \.isFinite) else {
            return isSmall ? HTML { h in h(.span, .class("quiet"), text: "–") } : ChartData.nothing(label, words)
        }
        let picture = svg(label, values, unit, words)
        if isSmall { return HTML { h in h(.span, .class("chart spark small")) { h.add(picture) } } }
        return HTML { h in
            h(.figure, .class("chart spark")) {
                h(.figcaption, text: label)
                h.add(picture)
                h(.p, .class("ends")) {
                    for index in values.count > 1 ? [0, values.count - 1] : [0] {
                        let name = index < names.count ? names[index] + ": " : ""
                        h(.span, text: name + words.figure(values[index], unit: unit))
                    }
                }
                ChartData.table(
                    h, [words.when, label],
                    values.enumerated().map { index, value in
                        (index < names.count ? names[index] : "\(index + 1)", [words.figure(value, unit: unit)])
                    }, words)
            }
        }
    }

    private static let width = 400.0
    private static let height = 40.0

    private static func svg(
        _ label: String, _ values: [Double], _ unit: String, _ words: any InterfaceWords
    ) -> HTML {
        let scale = ChartScale(values, includesZero: false)
        func y(_ value: Double) -> Double { height - 3 - scale.place(value) * (height - 6) }
        return HTML { h in
            h(
                .svg, Attribute("viewBox", "0 0 400 40"), Attribute("preserveAspectRatio", "none"), .role("img"),
                .aria("label", summary(label, values, unit, words))
            ) {
                if scale.low < 0, scale.high > 0 { Draw.path(h, Draw.line(0, y(0), width, y(0)), "zero") }
                let points = thinned(values)
                func x(_ index: Int) -> Double {
                    values.count < 2 ? width / 2 : 3 + Double(index) / Double(values.count - 1) * (width - 6)
                }
                Draw.path(h, path(points.map { point in point.map { (x($0.index), y($0.value)) } }))
                if let index = values.lastIndex(where: \.isFinite) {
                    // A line without length with round ends is a dot that no stretching bends.
                    Draw.path(h, "M\(Draw.point(x(index), y(values[index])))h0", "end")
                }
            }
        }
    }

    /// Moves over gaps; a value between two gaps becomes a dot.
    private static func path(_ points: [(x: Double, y: Double)?]) -> String {
        var out = ""
        var isOpen = false
        for (index, point) in points.enumerated() {
            guard let point else {
                isOpen = false
                continue
            }
            out += (isOpen ? "L" : "M") + Draw.point(point.x, point.y)
            let isLast = index + 1 == points.count || points[index + 1] == nil
            if !isOpen, isLast { out += "h0" }
            isOpen = true
        }
        return out
    }

    /// The lowest and the highest value of each stretch, so that no peak gets lost; nil for gaps.
    static func thinned(_ values: [Double]) -> [(index: Int, value: Double)?] {
        let step = max(1, (2 * values.count + mostPoints - 1) / mostPoints)
        if step <= 2 { return values.enumerated().map { $1.isFinite ? ($0, $1) : nil } }
        var points: [(index: Int, value: Double)?] = []
        for start in stride(from: 0, to: values.count, by: step) {
            let indices = (start..<min(start + step, values.count)).filter { values[$0].isFinite }
            guard let low = indices.min(by: { values[$0] < values[$1] }),
                let high = indices.max(by: { values[$0] < values[$1] })
            else {
                points.append(nil)
                continue
            }
            for index in low == high ? [low] : [min(low, high), max(low, high)] {
                points.append((index, values[index]))
            }
        }
        return points
    }

    /// `Builds: 30 values, from 12 to 18, lowest 3, highest 20`
    private static func summary(
        _ label: String, _ values: [Double], _ unit: String, _ words: any InterfaceWords
    ) -> String {
        let finite = values.filter(\.isFinite)
        func text(_ value: Double?) -> String { value.map { words.figure($0, unit: unit) } ?? "" }
        if finite.count == 1 { return "\(label): \(text(finite.first))" }
        let course = words.values(values.count, from: text(finite.first), to: text(finite.last))
        return "\(label): \(course), \(words.range(lowest: text(finite.min()), highest: text(finite.max())))"
    }
}
