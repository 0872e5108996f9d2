import PortalKit

/// What all charts have in common: a frame, the numbers as a table, and coordinates.
enum ChartData {
    /// More rows than these are thinned: nobody reads them, and each costs bytes.
    static let mostRows = 200

    /// The numbers of a chart behind a fold, for those who cannot see it or want them exact.
    static func table(
        _ h: HTMLWriter, _ headings: [String], _ rows: [(name: String, values: [String])], _ words: any InterfaceWords
    ) {
        let step = max(1, (rows.count + mostRows - 1) / mostRows)
        h(.details, .class("fold")) {
            h(.summary, text: words.data)
            h(.div, .class("scroll")) {
                h(.table) {
                    if step > 1 {
                        h(.caption, text: words.oneOfEvery(step, of: rows.count))
                    }
                    h(.thead) { h(.tr) { for heading in headings { h(.th, .scope("col"), text: heading) } } }
                    h(.tbody) {
                        for index in stride(from: 0, to: rows.count, by: step) {
                            h(.tr) {
                                h(.th, .scope("row"), text: rows[index].name)
                                for value in rows[index].values { h(.td, text: value) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What is said instead of a chart without a value.
    static func nothing(_ label: String, _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.figure, .class("chart")) {
                h(.figcaption, text: label)
                h(.p, .class("quiet"), text: words.noValues)
            }
        }
    }

    /// A text that is cut where it would run out of its place.
    static func short(_ text: String, _ most: Int) -> String {
        // Bytes first: a character may have any number of them.
        let start = text.utf8.count > most * 8 ? String(decoding: text.utf8.prefix(most * 8), as: UTF8.self) : text
        return start.count > most || start.utf8.count < text.utf8.count ? start.prefix(most - 1) + "…" : text
    }
}

/// Numbers and shapes of SVG.
enum Draw {
    static let rect = Tag("rect")
    static let path = Tag("path")
    static let text = Tag("text")

    /// With one digit behind the point, which is finer than a screen.
    static func number(_ value: Double) -> String {
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let rest = abs(tenths % 10)
        return rest == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths / 10)).\(rest)"
    }

    static func point(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }

    static func line(_ x: Double, _ y: Double, _ toX: Double, _ toY: Double) -> String {
        "M\(point(x, y))L\(point(toX, toY))"
    }

    static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
        "M\(point(x, y))h\(number(width))v\(number(height))h\(number(-width))z"
    }

    static func rect(
        _ h: HTMLWriter, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String? = nil
    ) {
        h(
            rect, name.map { .class($0) }, Attribute("x", number(x)), Attribute("y", number(y)),
            Attribute("width", number(width)), Attribute("height", number(height)))
    }

    static func path(_ h: HTMLWriter, _ data: String, _ name: String? = nil) {
        if data.isEmpty { return }
        h(path, name.map { .class($0) }, Attribute("d", data))
    }
}

/// From values to places between 0 and 1, whatever the values are.
struct ChartScale {
    let low: Double
    let high: Double

    /// - Parameter includesZero: lengths begin at zero, places of points need not.
    init(_ values: [Double], includesZero: Bool) {
        let finite = values.filter(\.isFinite)
        let ends: [Double] = includesZero ? [0] : []
        low = (finite + ends).min() ?? 0
        high = (finite + ends).max() ?? 0
    }

    /// Halves first: the difference of two huge numbers may be infinite.
    func place(_ value: Double) -> Double {
        let span = high / 2 - low / 2
        guard span > 0 else { return 0.5 }
        return min(max((value / 2 - low / 2) / span, 0), 1)
    }
}
