public import PortalKit

/// The parts of a page in their order, to be moved, made wider and taken away without dragging. One form holds all, so
/// whatever is pressed, the widths that were chosen come along.
public struct LayoutRows: Sendable {
    /// One part.
    public struct Row: Sendable {
        let id: String
        let title: String
        let width: Int
        let widths: ClosedRange<Int>

        public init(_ id: String, title: String, width: Int, widths: ClosedRange<Int>) {
            self.id = id
            self.title = title
            self.width = width
            self.widths = widths
        }
    }

    /// What the rows say of a part, by its title.
    public struct Words: Sendable {
        let width: @Sendable (Int) -> String
        let widthOf: @Sendable (String) -> String
        let up: @Sendable (String) -> String
        let down: @Sendable (String) -> String
        let remove: @Sendable (String) -> String

        public init(
            width: @escaping @Sendable (Int) -> String, widthOf: @escaping @Sendable (String) -> String,
            up: @escaping @Sendable (String) -> String, down: @escaping @Sendable (String) -> String,
            remove: @escaping @Sendable (String) -> String
        ) {
            self.width = width
            self.widthOf = widthOf
            self.up = up
            self.down = down
            self.remove = remove
        }
    }

    /// The field that says what was pressed: `up:owned`.
    public static let pressed = "press"

    private let rows: [Row]
    private let words: Words

    public init(_ rows: [Row], _ words: Words) {
        self.rows = rows
        self.words = words
    }

    /// Rows for within a form.
    public var html: HTML {
        HTML { h in
            h(.ol, .class("order")) {
                for (number, row) in rows.enumerated() {
                    h(.li) {
                        h(.span, .class("order-name"), Attribute("dir", "auto"), text: row.title)
                        width(h, row)
                        h(.span, .class("order-acts")) {
                            press(h, "up", row, words.up(row.title), "↑", isOff: number == 0)
                            press(h, "down", row, words.down(row.title), "↓", isOff: number == rows.count - 1)
                            press(h, "remove", row, words.remove(row.title), "×")
                        }
                    }
                }
            }
        }
    }

    private func width(_ h: HTMLWriter, _ row: Row) {
        h(.input, .type("hidden"), .name("was:\(row.id)"), .value(String(row.width)))
        h(.select, .id("width-\(row.id)"), .name("width:\(row.id)"), .aria("label", words.widthOf(row.title))) {
            for width in row.widths {
                h(
                    .option, .value(String(width)), Attribute.flag("selected", width == row.width),
                    text: words.width(width))
            }
        }
    }

    private func press(
        _ h: HTMLWriter, _ act: String, _ row: Row, _ label: String, _ sign: String, isOff: Bool = false
    ) {
        h(
            .button, .id("\(act)-\(row.id)"), .class("button"), .name(Self.pressed), .value("\(act):\(row.id)"),
            .aria("label", label), .title(label), Attribute.flag("disabled", isOff)
        ) { h(.span, .aria("hidden", "true"), text: sign) }
    }
}
