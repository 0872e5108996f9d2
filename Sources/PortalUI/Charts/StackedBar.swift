public import PortalKit

/// Of what parts a whole is made, in one row or several; each part has a texture of its own beside its colour.
public enum StackedBar {
    /// One whole.
    public struct Row: Sendable {
        let name: String
        let values: [Double]

        /// - Parameter values: one for each part; what is negative or no finite number takes no room.
        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// As many as there are textures; the parts behind them are shown as one.
    static let mostParts = 6
    private static let mostRows = 40

    /// - Parameters:
    ///   - label: what the values are.
    ///   - parts: their names, in the order in which they lie.
    public static func html(
        _ label: String, parts: [String], rows: [Row], unit: String = "", _ words: any InterfaceWords
    ) -> HTML {
        let names = parts.count > mostParts ? parts.prefix(mostParts - 1) + [words.otherParts] : parts
        let values = rows.map { row in
            let all = parts.indices.map { $0 < row.values.count ? row.values[$0] : .nan }
            return parts.count > mostParts
                ? all.prefix(mostParts - 1) + [all.dropFirst(mostParts - 1).reduce(0) { $0 + drawn($1) }] : all
        }
        let sums = names.indices.map { part in values.reduce(0) { $0 + drawn($1[part]) } }
        guard sums.contains(where: { $0 > 0 }) else { return ChartData.nothing(label, words) }
        return HTML { h in
            h(.figure, .class("chart parts")) {
                h(.figcaption, text: label)
                for (row, values) in zip(rows, values).prefix(mostRows) {
                    if rows.count > 1 || !row.name.isEmpty { h(.p, .class("row"), text: ChartData.short(row.name, 80)) }
                    bar(h, row.name.isEmpty ? label : row.name, names, values, unit, words)
                }
                if rows.count > mostRows {
                    h(.p, .class("more"), text: words.moreInData(rows.count - mostRows))
                }
                legend(h, names, sums, unit, words)
                ChartData.table(
                    h, [words.name] + parts.map { ChartData.short($0, 80) },
                    rows.map { row in
                        (row.name.isEmpty ? label : row.name, row.values.map { words.figure($0, unit: unit) })
                    }, words)
            }
        }
    }

    private static func drawn(_ value: Double) -> Double { value.isFinite && value > 0 ? value : 0 }

    private static func share(_ value: Double, of all: [Double]) -> Double {
        // Divided first: the sum of huge values may be infinite.
        guard let most = all.max(), most > 0 else { return 0 }
        return value / most / all.reduce(0) { $0 + $1 / most }
    }

    private static func bar(
        _ h: HTMLWriter, _ name: String, _ parts: [String], _ values: [Double], _ unit: String,
        _ words: any InterfaceWords
    ) {
        let drawn = values.map(drawn)
        let text = zip(parts, values).map { "\(ChartData.short($0, 80)) \(words.figure($1, unit: unit))" }
        h(
            .svg, Attribute("viewBox", "0 0 1000 20"), Attribute("preserveAspectRatio", "none"), .role("img"),
            .aria("label", "\(ChartData.short(name, 80)): \(text.joined(separator: ", "))")
        ) {
            var place = 0.0
            for (index, value) in drawn.enumerated() where value > 0 {
                let width = share(value, of: drawn) * 1_000
                texture(h, index, place, max(width - 3, 1), 20, step: 12)
                place += width
            }
        }
    }

    private static func legend(
        _ h: HTMLWriter, _ names: [String], _ sums: [Double], _ unit: String, _ words: any InterfaceWords
    ) {
        h(.ul) {
            for (index, name) in names.enumerated() {
                h(.li) {
                    h(.svg, Attribute("viewBox", "0 0 28 14"), .aria("hidden", "true")) {
                        texture(h, index, 1, 26, 14, step: 5)
                    }
                    h(.span, text: ChartData.short(name, 80))
                    h(.b, text: words.figure(sums[index], unit: unit))
                    h(.small, text: words.figure((share(sums[index], of: sums) * 1_000).rounded() / 10, unit: " %"))
                }
            }
        }
    }

    /// Full, upright lines, empty, level lines, a grid, slanted lines: told apart without their colours.
    ///
    /// - Parameter step: between upright lines; a bar is 1,000 wide wherever it stands, and dense where it is narrow.
    private static func texture(
        _ h: HTMLWriter, _ index: Int, _ x: Double, _ width: Double, _ height: Double, step: Double
    ) {
        h(Tag("g"), .class("p\(index + 1)")) {
            if index == 0 { return Draw.rect(h, x, 1, width, height - 2, "fill") }
            Draw.path(h, Draw.box(x, 1, width, height - 2), "frame")
            let upright = stride(from: x + step, to: x + width, by: index == 4 ? step * 1.4 : step).map {
                Draw.line($0, 1, $0, height - 1)
            }
            let level = stride(from: 1 + height / 4, to: height - 1, by: height / 4).map {
                Draw.line(x, $0, x + width, $0)
            }
            switch index {
            case 1: Draw.path(h, upright.joined())
            case 3: Draw.path(h, level.joined())
            case 4: Draw.path(h, (upright + level).joined())
            case 5: Draw.path(h, slanted(x, width, height, step * 1.4).joined())
            default: break
            }
        }
    }

    /// Rising lines, cut where they would leave the box.
    private static func slanted(_ x: Double, _ width: Double, _ height: Double, _ step: Double) -> [String] {
        let rise = height - 2
        return stride(from: x - rise, to: x + width, by: step).map { start in
            let from = max(start, x)
            let to = min(start + rise, x + width)
            return Draw.line(from, height - 1 - (from - start), to, height - 1 - (to - start))
        }
    }
}
