import Database
import EntityModel

/// The documents of a source that were refused when it was last read, for operators.
struct Refusals: Sendable, Hashable {
    /// Reasons that are kept.
    private static let most = 5

    /// All of the source, those that are stored included.
    let documents: Int
    let refused: Int
    /// The first.
    let reasons: [String]

    init(_ result: ProcessedSource) {
        documents = result.entities.count { $0.line != nil } + result.refused.count
        refused = result.refused.count
        reasons = result.refused.prefix(Self.most).map(\.problem.message)
    }

    /// - Parameter row: its columns `documents`, `refused` and `refusals`, from `position` on.
    init?(_ row: Row, at position: Int) throws {
        guard let refused = try row.optionalInteger(position + 1) else { return nil }
        documents = Int(try row.optionalInteger(position) ?? 0)
        self.refused = Int(refused)
        let text = try row.optionalText(position + 2) ?? "[]"
        reasons = ((try? JSONParser.parse(Array(text.utf8)))?.array ?? []).compactMap(\.string)
    }

    /// What a source's row is set to, for the one change that stores a reading.
    var assignments: SQL {
        let isClean = refused == 0
        let text = isClean ? nil : JSONWriter.text(.array(reasons.map { .string($0) }))
        return """
            documents = \(Int64(documents)), refused = \(isClean ? nil : Int64(refused)), refusals = \(text)
            """
    }
}
