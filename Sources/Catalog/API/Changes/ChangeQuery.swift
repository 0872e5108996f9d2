import EntityModel
import PortalKit

/// What a request asks of the catalog's changes, by its parameters. What cannot be meant is refused: a filter that is
/// misspelt must not show everything.
enum ChangeQuery {
    static let filterNames = ["entity", "kind", "owner", "system", "cause", "causeName", "type"] + timeNames
    static let timeNames = ["from", "to"]
    /// Nothing that is asked for is longer.
    private static let longest = 2_000
    private static let owners = ["group", "user"]

    /// - Parameters:
    ///   - names: the filters that there are.
    ///   - others: parameters beside them.
    /// - Throws: `PortalError` of kind `input` that names the parameter and what it may be.
    static func filter(
        _ query: QueryParameters, _ names: [String] = filterNames, and others: [String]
    ) throws -> ChangeFilter {
        try check(query, names + others)
        var filter = ChangeFilter()
        // A cause before its name.
        for name in names {
            guard let text = query[name]?.trimmed, !text.isEmpty else { continue }
            do { try take(name, text, into: &filter) } catch { throw error.error(name) }
        }
        if isReversed(filter, to: query["to"]) { throw ChangeMistake.order.error("from") }
        return filter
    }

    /// Takes one filter from its text, which is not empty.
    /// - Parameter kind: of entities whose reference says none; nil where it must.
    static func take(
        _ name: String, _ text: String, entityKind kind: String? = nil, into filter: inout ChangeFilter
    ) throws(ChangeMistake) {
        guard text.utf8.count <= longest else { throw .long(longest) }
        guard isReadable(text) else { throw .unreadable }
        switch name {
        case "entity": filter.entity = try reference(text, kind)
        case "owner": filter.owner = try owner(text)
        case "system": filter.system = try reference(text, "system")
        case "kind":
            guard NameFormat.isKind(text) else { throw .kind }
            filter.kind = text.lowercased()
        case "cause": filter.author = try word(text)
        case "causeName":
            guard let author = filter.author, author.hasNames else { throw .nameWithoutCause }
            filter.authorName = self.name(text, of: author)
        case "type": filter.sort = try word(text)
        case "from": filter.from = try time(text, isEnd: false)
        case "to": filter.to = try time(text, isEnd: true)
        default: throw .unknown
        }
    }

    /// Whether it ends before it begins; a day is whole.
    static func isReversed(_ filter: ChangeFilter, to text: String?) -> Bool {
        guard let from = filter.from, let to = filter.to else { return false }
        return from > to || from == to && ChangeTime.isDay(text?.trimmed ?? "")
    }

    /// The name as causes have it.
    private static func name(_ name: String, of author: ChangeFilter.Author) -> String {
        guard author == .user else { return name }
        return (try? EntityReference(parsing: name, defaultKind: "user").description) ?? name
    }

    /// Holds a request to the parameters that there are.
    /// - Throws: `PortalError` of kind `input` that names the parameter.
    static func check(_ query: QueryParameters, _ names: [String]) throws {
        var seen: Set<String> = []
        for pair in query.pairs {
            guard names.contains(pair.name) else {
                let error = ChangeMistake.unknown.error(pair.name)
                throw PortalError(.input, "\(error.message); there are \(names.joined(separator: ", "))")
            }
            guard seen.insert(pair.name).inserted else { throw ChangeMistake.repeated.error(pair.name) }
            guard pair.value.utf8.count <= longest else { throw ChangeMistake.long(longest).error(pair.name) }
        }
    }

    /// Databases take no NUL; nothing is named by the others.
    private static func isReadable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "\u{FFFD}" }
    }

    private static func reference(_ text: String, _ kind: String?) throws(ChangeMistake) -> EntityReference {
        do { return try EntityReference(parsing: text, defaultKind: kind) } catch { throw .reference("\(error)") }
    }

    private static func owner(_ text: String) throws(ChangeMistake) -> EntityReference {
        let owner = try reference(text, "group")
        guard owners.contains(owner.kind.lowercased()) else { throw .owner }
        return owner
    }

    private static func word<Word: CaseIterable & RawRepresentable<String>>(
        _ text: String
    ) throws(ChangeMistake) -> Word {
        guard let word = Word(rawValue: text) else { throw .words(Word.allCases.map(\.rawValue)) }
        return word
    }

    private static func time(_ text: String, isEnd: Bool) throws(ChangeMistake) -> Int64 {
        guard let time = ChangeTime.milliseconds(text, isEnd: isEnd) else { throw .time }
        return time
    }
}
