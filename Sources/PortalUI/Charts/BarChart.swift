public import PortalKit

/// Values of things side by side, as bars with names and numbers.
public enum BarChart {
    /// More bars than these stand in the table alone.
    static let mostBars = 40

    /// - Parameters:
    ///   - label: what the values are.
    ///   - bars: in the order to show them; what is no finite number has no bar.
    public static func html(
        _ label: String, _ bars: [(name: String, value: Double)], unit: String = "", _ words: any InterfaceWords
    ) -> HTML {
        if bars.isEmpty { return ChartData.nothing(label, words) }
        let shown = bars.prefix(mostBars)
        let scale = ChartScale(shown.map(\.value), includesZero: true)
        return HTML { h in
            h(.figure, .class("chart bars")) {
                h(.figcaption, text: label)
                // An image as a whole, so that its texts are not read out twice; the table has them all.
                h(.div, .role("img"), .aria("label", summary(label, bars, unit, words))) {
                    for bar in shown { row(h, bar, scale, unit, words) }
                }
                if bars.count > shown.count {
                    h(.p, .class("more"), text: words.moreInData(bars.count - shown.count))
                }
                ChartData.table(
                    h, [words.name, label], bars.map { ($0.name, [words.figure($0.value, unit: unit)]) }, words)
            }
        }
    }

    private static func row(
        _ h: HTMLWriter, _ bar: (name: String, value: Double), _ scale: ChartScale, _ unit: String,
        _ words: any InterfaceWords
    ) {
        h(.div) {
            let name = ChartData.short(bar.name, 80)
            h(.span, .title(name), text: name)
            h(
                .svg, Attribute("viewBox", "0 0 1000 16"), Attribute("preserveAspectRatio", "none"),
                .aria("hidden", "true")
            ) {
                let zero = scale.place(0) * 1_000
                if bar.value.isFinite, scale.high > scale.low {
                    let end = scale.place(bar.value) * 1_000
                    // What is small but there is still to be seen.
                    let length = bar.value == 0 ? 0 : max(abs(end - zero), 3)
                    Draw.rect(h, bar.value < 0 ? zero - length : min(zero, 1_000 - length), 1, length, 14)
                }
                Draw.path(h, Draw.line(zero, 0, zero, 16), "zero")
            }
            h(.b, text: words.figure(bar.value, unit: unit))
        }
    }

    /// `Incidents: 12 bars, highest booking with 42, lowest pay with 1`
    private static func summary(
        _ label: String, _ bars: [(name: String, value: Double)], _ unit: String, _ words: any InterfaceWords
    ) -> String {
        func text(_ bar: (name: String, value: Double)) -> String {
            words.value(words.figure(bar.value, unit: unit), of: ChartData.short(bar.name, 80))
        }
        let finite = bars.filter(\.value.isFinite)
        guard let high = finite.max(by: { $0.value < $1.value }), let low = finite.min(by: { $0.value < $1.value })
        else { return "\(label): \(words.noValues)" }
        if finite.count == 1 { return "\(label): \(text(high))" }
        return "\(label): \(words.bars(bars.count, highest: text(high), lowest: text(low)))"
    }
}
