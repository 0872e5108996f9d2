import PortalKit

extension EnglishInterface {
    var signs: Figure.Signs { .english }

    var rawText: String { "Raw text" }
    var download: String { "Download" }
    func first(_ lines: Int, of all: Int, rest: String) -> String {
        let count = lines == 1 ? "line" : "\(number(lines)) lines"
        return "The first \(count) of \(number(all)); \(rest) more."
    }
    func first(_ size: String, rest: String) -> String { "The first \(size) of this line; \(rest) more." }
    func first(_ size: String, ofFirstOf all: Int, rest: String) -> String {
        "The first \(size) of the first of \(number(all)) lines; \(rest) more."
    }

    func tooLargeToCompare(_ limit: String) -> String {
        "The texts are too large to compare: \(limit) are the limit."
    }
    var onlyEndDiffers: String { "Only the line break at the end differs." }
    var noLineDiffers: String { "No line differs." }
    func linesAdded(_ count: Int) -> String { "\(lines(count)) added" }
    func linesRemoved(_ count: Int) -> String { "\(lines(count)) removed" }
    func linesChanged(added: Int, removed: Int) -> String { "\(lines(added)) added, \(number(removed)) removed" }
    func unchangedLines(_ count: Int) -> String { "\(number(count)) unchanged lines" }
    func moreLines(_ count: Int) -> String { "\(number(count)) more lines" }
    func moreLinesNotShown(_ count: Int) -> String { "\(number(count)) more lines are not shown." }
    func more(_ size: String) -> String { "\(size) more" }
    var addedLines: String { "Added lines" }
    var wholeFile: String { "Whole file" }
    private func lines(_ count: Int) -> String { "\(number(count)) \(count == 1 ? "line" : "lines")" }

    var data: String { "Data" }
    var noValues: String { "There are no values yet." }
    var name: String { "Name" }
    var when: String { "When" }
    var day: String { "Day" }
    var otherParts: String { "Other" }
    func moreInData(_ count: Int) -> String { "\(number(count)) more are in the data." }
    var moreRowsAndColumnsInData: String { "More rows and columns are in the data." }
    func oneOfEvery(_ step: Int, of count: Int) -> String { "One of every \(step) of \(number(count)) values" }
    func level(_ level: Int, of levels: Int) -> String { "Level \(level) of \(levels)" }
    var weekdays: (monday: String, wednesday: String, friday: String) { ("Mon", "Wed", "Fri") }
    var months: [String] {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    }
    func days(_ count: Int, from first: String) -> String { "\(number(count)) days from \(first)" }
    func matrix(rows: Int, columns: Int) -> String { "\(rows) rows, \(columns) columns" }
    func range(lowest: String, highest: String) -> String { "lowest \(lowest), highest \(highest)" }
    func values(_ count: Int, from first: String, to last: String) -> String {
        "\(number(count)) values, from \(first) to \(last)"
    }
    func value(_ value: String, of name: String) -> String { "\(name) with \(value)" }
    func bars(_ count: Int, highest: String, lowest: String) -> String {
        "\(number(count)) bars, highest \(highest), lowest \(lowest)"
    }

    var zoom: String { "Zoom" }
    var zoomIn: String { "Zoom in" }
    var zoomOut: String { "Zoom out" }
    var zoomToFit: String { "Fit" }
    var leadsTo: String { "to" }
    var comesFrom: String { "from" }
    func from(_ label: String) -> String { "\(label), from" }
}
