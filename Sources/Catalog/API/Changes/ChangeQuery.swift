import EntityModel
import Foundation
import PortalKit

/// What a request asks of the catalog's changes, by its parameters. What cannot be meant is refused: a filter that is
/// misspelt must not show everything.
enum ChangeQuery {
    static let filterNames = ["entity", "kind", "owner", "system", "cause", "causeName", "type", "from", "to"]
    /// Nothing that is asked for is longer.
    private static let longest = 2_000

    /// - Throws: `PortalError` of kind `input` that names the parameter and what it may be.
    static func filter(_ query: QueryParameters, and others: [String]) throws -> ChangeFilter {
        try check(query, filterNames + others)
        var filter = ChangeFilter()
        filter.entity = try reference(query, "entity", kind: nil)
        filter.owner = try reference(query, "owner", kind: "group")
        filter.system = try reference(query, "system", kind: "system")
        filter.kind = text(query, "kind")?.lowercased()
        filter.author = try query.word("cause", of: ChangeFilter.Author.allCases.map(\.rawValue))
            .flatMap(ChangeFilter.Author.init)
        filter.sort = try query.word("type", of: ChangeFilter.Sort.allCases.map(\.rawValue))
            .flatMap(ChangeFilter.Sort.init)
        if let name = text(query, "causeName") {
            guard let author = filter.author else {
                throw PortalError(.input, "request/query/causeName needs request/query/cause beside it")
            }
            filter.authorName = self.name(name, of: author)
        }
        filter.from = try time(query, "from", isEnd: false)
        filter.to = try time(query, "to", isEnd: true)
        return filter
    }

    /// The name as causes have it.
    static func name(_ name: String, of author: ChangeFilter.Author) -> String {
        guard author == .user else { return name }
        return (try? EntityReference(parsing: name, defaultKind: "user").description) ?? name
    }

    private static func check(_ query: QueryParameters, _ names: [String]) throws {
        var seen: Set<String> = []
        for pair in query.pairs {
            guard names.contains(pair.name) else {
                throw PortalError(
                    .input,
                    "Unknown query parameter '\(pair.name.prefix(100))'; there are \(names.joined(separator: ", "))"
                )
            }
            guard seen.insert(pair.name).inserted else {
                throw PortalError(.input, "request/query/\(pair.name) must be given once")
            }
            guard pair.value.utf8.count <= longest else {
                throw PortalError(.input, "request/query/\(pair.name) must have at most \(longest) bytes")
            }
        }
    }

    private static func text(_ query: QueryParameters, _ name: String) -> String? {
        query[name].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func reference(_ query: QueryParameters, _ name: String, kind: String?) throws -> EntityReference? {
        guard let text = text(query, name) else { return nil }
        do { return try EntityReference(parsing: text, defaultKind: kind) } catch {
            throw PortalError(.input, "request/query/\(name): \(error)")
        }
    }

    private static func time(_ query: QueryParameters, _ name: String, isEnd: Bool) throws -> Int64? {
        guard let text = text(query, name) else { return nil }
        guard let time = Self.time(text, isEnd: isEnd) else {
            throw PortalError(
                .input,
                "request/query/\(name) must be a day or a time, such as 2026-01-31 or 2026-01-31T12:00:00Z")
        }
        return time
    }

    /// Milliseconds since 1970 of a day or a time in ISO 8601.
    /// - Parameter isEnd: of a day, its end is meant.
    static func time(_ text: String, isEnd: Bool) -> Int64? {
        let whole = Date.ISO8601FormatStyle()
        let styles = [
            whole, whole.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted),
        ]
        for style in styles {
            if let date = try? Date(text, strategy: style) { return milliseconds(date) }
        }
        guard text.utf8.count == 10, let day = try? Date(text, strategy: .iso8601.year().month().day()) else {
            return nil
        }
        return milliseconds(isEnd ? day.addingTimeInterval(86_400) : day)
    }

    private static func milliseconds(_ date: Date) -> Int64? {
        let seconds = date.timeIntervalSince1970
        guard abs(seconds) < 1e12 else { return nil }
        return Int64((seconds * 1_000).rounded())
    }
}

/// Where the next page of changes begins. It says nothing of filters: these stand beside it.
struct ChangeCursor: Sendable, Hashable {
    private static let shownEpoch = 8

    let number: Int64
    /// The beginning of the database's identity.
    let epoch: String

    init(_ number: Int64, _ epoch: String) {
        self.number = number
        self.epoch = String(epoch.prefix(Self.shownEpoch))
    }

    var text: String { "\(number)-\(epoch)" }

    /// - Throws: `PortalError` of kind `input` that says `Malformed cursor`.
    init(parsing text: String) throws {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[0]), number >= 0 else {
            throw PortalError(.input, "Malformed cursor: it is none of this portal")
        }
        self.number = number
        epoch = String(parts[1])
    }

    /// - Throws: `PortalError` of kind `input` where it is of another database.
    func check(_ epoch: String) throws {
        guard self == ChangeCursor(number, epoch) else {
            throw PortalError(.input, "Malformed cursor: the catalog's database is another now; begin anew without it")
        }
    }
}
