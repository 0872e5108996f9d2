import Database
import Foundation
import PortalKit

/// What commands say of tables and times.
extension [TableCount] {
    /// A line for each table: its name and how many rows it has.
    var lines: [String] {
        let width = map(\.name.count).max() ?? 0
        let digits = map { "\($0.rows)".count }.max() ?? 0
        return map { table in
            let rows = "\(table.rows)"
            return table.name + String(repeating: " ", count: width - table.name.count + 2 + digits - rows.count) + rows
        }
    }

    /// `12 tables with 345 rows`
    var summary: String { "\(count) tables with \(reduce(0) { $0 + $1.rows }) rows" }
}

extension CopyProgress {
    /// One line for a terminal.
    var text: String {
        let done = isBytes ? ByteCount.text(Int(done)) : "\(done)"
        guard let total, total > 0 else { return "\(what) …" }
        let percent = Swift.min(100, self.done * 100 / total)
        return "\(what): \(done) of \(isBytes ? ByteCount.text(Int(total)) : "\(total) rows") (\(percent) %)"
    }
}

extension Duration {
    /// `2.4 s`
    var seconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

/// Times as the commands write them.
enum UTCTime {
    /// `2026-05-04 03:02:01 UTC`
    static func text(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        return date.formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space)).replacing("Z", with: " UTC")
    }
}
