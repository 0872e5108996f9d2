import PortalKit

/// What pictures, graphs, texts of programs and their differences say themselves.
///
/// Where a phrase gets a `String` for a number, it has been written by `number`, `figure` or `size`.
public protocol FigureWords: Sendable {
    /// How numbers are written.
    var signs: Figure.Signs { get }

    // Texts of programs.
    var rawText: String { get }
    var download: String { get }
    /// `The first 3,000 lines of 200,000; 4.8 MiB more.`
    func first(_ lines: Int, of all: Int, rest: String) -> String
    /// `The first 2 KiB of this line; 4.8 MiB more.`
    func first(_ size: String, rest: String) -> String
    /// `The first 2 KiB of the first of 300 lines; 4.8 MiB more.`
    func first(_ size: String, ofFirstOf all: Int, rest: String) -> String

    // Differences.
    func tooLargeToCompare(_ limit: String) -> String
    var onlyEndDiffers: String { get }
    var noLineDiffers: String { get }
    func linesAdded(_ count: Int) -> String
    func linesRemoved(_ count: Int) -> String
    func linesChanged(added: Int, removed: Int) -> String
    func unchangedLines(_ count: Int) -> String
    func moreLines(_ count: Int) -> String
    func moreLinesNotShown(_ count: Int) -> String
    /// `4.8 MiB more`
    func more(_ size: String) -> String
    var addedLines: String { get }
    var wholeFile: String { get }

    // Charts.
    var data: String { get }
    var noValues: String { get }
    var name: String { get }
    var when: String { get }
    var day: String { get }
    var otherParts: String { get }
    func moreInData(_ count: Int) -> String
    var moreRowsAndColumnsInData: String { get }
    func oneOfEvery(_ step: Int, of count: Int) -> String
    func level(_ level: Int, of levels: Int) -> String
    /// Monday, Wednesday and Friday in as few letters as can be.
    var weekdays: (monday: String, wednesday: String, friday: String) { get }
    /// January first, in as few letters as can be.
    var months: [String] { get }
    func days(_ count: Int, from first: String) -> String
    func matrix(rows: Int, columns: Int) -> String
    /// `lowest 0, highest 12`
    func range(lowest: String, highest: String) -> String
    /// `30 values, from 12 to 18`
    func values(_ count: Int, from first: String, to last: String) -> String
    /// `booking with 42`
    func value(_ value: String, of name: String) -> String
    /// `12 bars, highest booking with 42, lowest pay with 1`
    func bars(_ count: Int, highest: String, lowest: String) -> String

    // Graphs.
    var zoom: String { get }
    var zoomIn: String { get }
    var zoomOut: String { get }
    var zoomToFit: String { get }
    /// What an edge without a name is called from its two ends.
    var leadsTo: String { get }
    var comesFrom: String { get }
    /// An edge from the end where it has no name of its own.
    func from(_ label: String) -> String
}

extension FigureWords {
    /// `1,234`
    public func number(_ count: Int) -> String { Figure.text(Double(count), signs: signs) }

    /// `1,234.5 ms`
    public func figure(_ value: Double, unit: String = "") -> String { Figure.text(value, unit: unit, signs: signs) }

    /// `1.5 KiB`
    public func size(_ bytes: Int) -> String {
        ByteCount.text(bytes).replacing(".", with: signs.point, maxReplacements: 1)
    }
}
