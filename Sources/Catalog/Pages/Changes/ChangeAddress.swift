import EntityModel
import PortalKit
import PortalUI

/// What the address of the Changes page says. What is not understood is told and changes nothing.
struct ChangeAddress: Sendable, Hashable {
    static let path = "/changes"

    /// By the name of its parameter, as it was written; only what is understood.
    private(set) var values: [String: String] = [:]
    private(set) var filter = ChangeFilter()
    /// Parameters that say nothing, as they were written.
    private(set) var ignored: [String] = []
    var cursor: String?

    private static let longest = 300
    private static let shownIgnored = 60
    private static let mostIgnored = 5

    init(_ query: QueryParameters = QueryParameters("")) {
        cursor = query["cursor"].flatMap { $0.isEmpty ? nil : $0 }
        for name in ChangeQuery.filterNames {
            guard let text = query[name]?.trimmed, !text.isEmpty else { continue }
            if text.utf8.count > Self.longest || !take(name, text) { ignore(name, text) }
        }
    }

    /// The page with one filter alone, for links from elsewhere.
    static func url(_ name: String, _ reference: EntityReference) -> SafeURL {
        .path([String(path.dropFirst())], query: [(name, reference.description)])
    }

    private mutating func ignore(_ name: String, _ text: String) {
        if ignored.count < Self.mostIgnored { ignored.append("\(name)=\(text.prefix(Self.shownIgnored))") }
    }

    private mutating func take(_ name: String, _ text: String) -> Bool {
        func reference(_ kind: String) -> EntityReference? { try? EntityReference(parsing: text, defaultKind: kind) }
        var isTaken = true
        switch name {
        case "entity": filter.entity = reference("component")
        case "owner": filter.owner = reference("group")
        case "system": filter.system = reference("system")
        case "kind": filter.kind = text.lowercased()
        case "cause": filter.author = ChangeFilter.Author(rawValue: text)
        case "causeName": filter.authorName = filter.author.map { ChangeQuery.name(text, of: $0) }
        case "type": filter.sort = ChangeFilter.Sort(rawValue: text)
        case "from": filter.from = ChangeQuery.time(text, isEnd: false)
        case "to": filter.to = ChangeQuery.time(text, isEnd: true)
        default: isTaken = false
        }
        guard isTaken, isSet(name) else { return false }
        values[name] = text
        return true
    }

    private func isSet(_ name: String) -> Bool {
        switch name {
        case "entity": filter.entity != nil
        case "owner": filter.owner != nil
        case "system": filter.system != nil
        case "kind": filter.kind != nil
        case "cause": filter.author != nil
        case "causeName": filter.authorName != nil
        case "type": filter.sort != nil
        case "from": filter.from != nil
        case "to": filter.to != nil
        default: false
        }
    }

    /// The address without the place in the list.
    var url: SafeURL { url(cursor: nil) }

    func url(cursor: String?) -> SafeURL {
        let pairs = ChangeQuery.filterNames.compactMap { name in values[name].map { (name, $0) } }
        return .path([String(Self.path.dropFirst())], query: pairs + [cursor.map { ("cursor", $0) }].compactMap { $0 })
    }

    /// The same without a filter; what hangs on it goes with it.
    func without(_ name: String) -> SafeURL {
        var copy = self
        copy.values[name] = nil
        if name == "cause" { copy.values["causeName"] = nil }
        return copy.url
    }
}
