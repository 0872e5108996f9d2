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
            /// Shown only where there is room for it.
            case spare
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

    /// - Parameter label: what the table holds, for those who do not see it.
    public static func html(_ label: String, _ columns: [Column], rows: [[HTML]]) -> HTML {
        HTML { h in
            h(.div, .class("scroll")) {
                h(.table, .class("table"), .aria("label", label)) {
                    h(.thead) { h(.tr) { for column in columns { heading(h, column) } } }
                    h(.tbody) {
                        for row in rows {
                            h(.tr) {
                                for (cell, column) in zip(row, columns) {
                                    h(.td, .class("w-\(column.width.rawValue)")) { h.add(cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func heading(_ h: HTMLWriter, _ column: Column) {
        let direction = column.sort?.isDescending.map { $0 ? "descending" : "ascending" }
        h(
            .th, .scope("col"), .class("w-\(column.width.rawValue)"),
            direction.map { .aria("sort", $0) }
        ) {
            guard let sort = column.sort else { return h.text(column.title) }
            h(.a, .href(sort.url)) {
                h.text(column.title)
                if let isDescending = sort.isDescending {
                    h(.span, .aria("hidden", "true"), text: isDescending ? " ↓" : " ↑")
                }
            }
        }
    }
}

/// What stands below a table that has more rows than it shows.
public enum Pager {
    /// - Parameters:
    ///   - text: how much is shown of how much.
    ///   - sizes: the numbers of rows to choose from; nil is the one that is shown.
    public static func html(
        _ text: String, previous: SafeURL?, next: SafeURL?, sizes: [(count: Int, url: SafeURL?)] = []
    ) -> HTML {
        HTML { h in
            h(.div, .class("foot")) {
                h(.span, text: text)
                if !sizes.isEmpty {
                    h(.span, .class("sizes")) {
                        h.text("Rows ")
                        for size in sizes {
                            if let url = size.url {
                                h(.a, .href(url), .aria("label", "\(size.count) rows"), text: "\(size.count)")
                            } else {
                                h(.b, text: "\(size.count)")
                            }
                        }
                    }
                }
                if previous == nil && next == nil { return }
                h(.nav, .aria("label", "Pages")) {
                    if let previous { h(.a, .class("button"), .href(previous), .rel("prev"), text: "← Previous") }
                    if let next { h(.a, .class("button"), .href(next), .rel("next"), text: "Next →") }
                }
            }
        }
    }
}
