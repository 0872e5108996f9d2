public import PortalKit

/// Parts of a page on twelve columns; on small screens they stand below one another.
public enum WidgetGrid {
    /// One part, and how many columns it takes.
    public struct Cell: Sendable {
        let width: Int
        let html: HTML

        public init(width: Int, html: HTML) {
            self.width = min(max(width, 1), columns)
            self.html = html
        }
    }

    private static let columns = 12

    public static func html(_ cells: [Cell]) -> HTML {
        HTML { h in
            h(.div, .class("home")) {
                h(.div) {
                    for column in stacks(cells.map(\.width)) {
                        h(.div, .class("span-\(cells[column[0]].width)")) {
                            for number in column { h.add(cells[number].html) }
                        }
                    }
                }
            }
        }
    }

    /// Which parts stand below one another: what finds no room beside others goes below the last of the same width,
    /// where that is alone in its row or beside a wider one. So narrow parts line up along a long one without holes.
    static func stacks(_ widths: [Int]) -> [[Int]] {
        var stacks: [[Int]] = []
        var first = 0
        var used = columns
        for (number, width) in widths.enumerated() {
            if used + width <= columns {
                stacks.append([number])
                used += width
            } else if let last = stacks.last, widths[last[0]] == width, isNarrow(last, in: stacks[first...], widths) {
                stacks[stacks.count - 1].append(number)
            } else {
                first = stacks.count
                stacks.append([number])
                used = width
            }
        }
        return stacks
    }

    private static func isNarrow(_ last: [Int], in row: ArraySlice<[Int]>, _ widths: [Int]) -> Bool {
        row.count == 1 || row.contains { widths[$0[0]] > widths[last[0]] }
    }
}
