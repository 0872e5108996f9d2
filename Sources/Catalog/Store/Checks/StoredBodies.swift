import Database
import EntityModel
import PortalKit

/// Whether every body is JSON that names the entity of its row.
enum StoredBodies {
    static func check(_ transaction: any Transaction, _ findings: inout DatabaseFindings) throws {
        try StoredRows.check(
            transaction, &findings,
            rows: { "SELECT id, ref, body, uid FROM catalog_entities WHERE id > \($0) ORDER BY id LIMIT \($1)" },
            problem: { row in
                let reference = try row.text(1)
                let uid = try row.text(3)
                return problem(of: try row.blob(2), reference).map { "\(reference) of uid \(uid): \($0)" }
            })
    }

    private static func problem(of body: [UInt8], _ reference: String) -> String? {
        guard let value = try? JSONParser.parse(body) else { return "its body is no JSON" }
        guard let kind = value["kind"]?.string, let metadata = value["metadata"],
            let name = metadata["name"]?.string
        else { return "its body is no entity" }
        let namespace = metadata["namespace"]?.string ?? "default"
        let said = "\(kind):\(namespace)/\(name)".lowercased()
        return said == reference.lowercased() ? nil : "its body is of \(said)"
    }
}

/// Whether every change is of a known sort, and what it keeps of the entity is JSON.
enum StoredChanges {
    static func check(_ transaction: any Transaction, _ findings: inout DatabaseFindings) throws {
        try StoredRows.check(
            transaction, &findings,
            rows: { "SELECT n, kind, ref, body_before FROM catalog_feed WHERE n > \($0) ORDER BY n LIMIT \($1)" },
            problem: { row in
                let (number, kind, reference) = (try row.integer(0), try row.text(1), try row.text(2))
                let body = try row.optionalBlob(3)
                if ChangeFilter.Sort(rawValue: kind) == nil { return "\(number) of \(reference) is of kind \(kind)" }
                do {
                    _ = try StoredStates.state(body)
                    return nil
                } catch {
                    return "\(number) of \(reference) keeps what is no JSON"
                }
            })
    }
}

/// Large tables are read some rows at a time: a statement may take a minute, and all of them may take longer.
private enum StoredRows {
    private static let piece: Int64 = 1_000

    /// - Parameters:
    ///   - rows: the rows after a number, in its order and at most so many; the number is their first column.
    ///   - problem: what is wrong with a row, with its name; nil where nothing is.
    static func check(
        _ transaction: any Transaction, _ findings: inout DatabaseFindings, rows: (Int64, Int64) -> SQL,
        problem: (Row) throws -> String?
    ) throws {
        var last: Int64 = 0
        var count = piece
        var found = findings
        while count == piece {
            count = 0
            try transaction.forEach(rows(last, piece)) { row in
                count += 1
                last = try row.integer(0)
                if let problem = try problem(row) { found.add(problem) }
            }
        }
        findings = found
    }
}
