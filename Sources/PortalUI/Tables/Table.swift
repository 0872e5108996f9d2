public import PortalKit

/// Rows under headings that can sort them; below 640 px each row becomes two lines.
public enum Table {
    /// One heading.
    public struct Column: Sendable {
        /// How much room its cells take.
        public enum Width: String, Sendable {
            /// What is left over.
            case wide
            /// What the words need, at most a third.
            case text
            /// What the words need; long ones go on in the next line instead of being cut.
            case whole
            /// A number: at the end of its cell, with digits of one width.
            case number
            /// Shown only where there is room for it.
            case spare
            /// Signs or short words.
            case sign
            /// A button for each row; the heading is only read out.
            case button
        }

        /// The way to the table in the order of this column.
        public struct Sort: Sendable {
            let url: SafeURL
            let isDescending: Bool?

            /// - Parameter isDescending: the order that the table has now; nil where another column orders it.
            public init(_ url: SafeURL, isDescending: Bool? = nil) {
                self.url = url
                self.isDescending = isDescending
            }
        }

        let title: String
        let width: Width
        let sort: Sort?

        public init(_ title: String, width: Width = .text, sort: Sort? = nil) {
            self.title = title
            self.width = width
            self.sort = sort
        }
    }

    /// One row. What can be chosen is sent by a form elsewhere on the page.
    public struct Row: Sendable {
        /// A box to check, for a form of that id.
        public struct Choice: Sendable {
            let form: String
            let name: String
            let value: String
            let label: String
            let isChosen: Bool

            public init(form: String, name: String, value: String, label: String, isChosen: Bool = false) {
                self.form = form
                self.name = name
                self.value = value
                self.label = label
                self.isChosen = isChosen
            }
        }

        let cells: [HTML]
        let choice: Choice?

        public init(_ cells: [HTML], choice: Choice? = nil) {
            self.cells = cells
            self.choice = choice
        }
    }

    /// - Parameters:
    ///   - label: what the table holds, for those who do not see it.
    ///   - swap: the part of the page that a press on a heading replaces where scripts run.
    public static func html(
        _ label: String, _ columns: [Column], rows: [Row], swap: String? = nil, _ words: any InterfaceWords
    ) -> HTML {
        let hasChoice = rows.contains { $0.choice != nil }
        return HTML { h in
            h(.div, .class("scroll")) {
                h(.table, .class("table"), .aria("label", label)) {
                    h(.thead) {
                        h(.tr, .data("sort", words.sortBy)) {
                            if hasChoice {
                                h(.th, .class("w-choice")) { h(.span, .class("unseen"), text: words.select) }
                            }
                            for column in columns { heading(h, column, swap) }
                        }
                    }
                    h(.tbody) { for row in rows { write(row, columns, h, hasChoice) } }
                }
            }
        }
    }

    private static func write(_ row: Row, _ columns: [Column], _ h: HTMLWriter, _ hasChoice: Bool) {
        h(.tr, .data("row", "")) {
            if hasChoice {
                h(.td, .class("w-choice")) {
                    if let choice = row.choice {
                        h(
                            .input, .type("checkbox"), Attribute("form", choice.form), .name(choice.name),
                            .value(choice.value), .aria("label", choice.label), .data("act", "select"),
                            .flag("checked", choice.isChosen))
                    }
                }
            }
            for (cell, column) in zip(row.cells, columns) {
                h(.td, .class("w-\(column.width.rawValue)")) { h.add(cell) }
            }
        }
    }

    private static func heading(_ h: HTMLWriter, _ column: Column, _ swap: String?) {
        let direction = column.sort?.isDescending.map { $0 ? "descending" : "ascending" }
        h(
            .th, .scope("col"), .class("w-\(column.width.rawValue)"),
            direction.map { .aria("sort", $0) }
        ) {
            if column.width == .button { return h(.span, .class("unseen"), text: column.title) }
            guard let sort = column.sort else { return h.text(column.title) }
            h(.a, .href(sort.url), swap.map { .data("swap", $0) }) {
                h.text(column.title)
                if let isDescending = sort.isDescending {
                    h(.span, .aria("hidden", "true"), text: isDescending ? " ↓" : " ↑")
                }
            }
        }
    }
}
