import EntityModel
import PortalKit
import PortalUI

/// What the address of the Changes page says. What is not understood is told and changes nothing.
struct ChangeAddress: Sendable, Hashable {
    /// A part of the address that says nothing, and why.
    struct Ignored: Sendable, Hashable {
        let text: String
        let mistake: ChangeMistake
    }

    static let path = "/changes"

    /// By the name of its parameter, as it was written; only what is understood.
    private(set) var values: [String: String] = [:]
    private(set) var filter = ChangeFilter()
    private(set) var ignored: [Ignored] = []
    /// What was written as days, understood or not.
    private(set) var days: [String: String] = [:]
    var cursor: String?

    private static let cursorName = "cursor"
    private static let longest = 300
    private static let shownIgnored = 60
    private static let mostIgnored = 5

    init(_ query: QueryParameters = QueryParameters("")) {
        cursor = query[Self.cursorName].flatMap { $0.isEmpty ? nil : $0 }
        // A cause before its name.
        for name in ChangeQuery.filterNames {
            guard let text = query[name]?.trimmed, !text.isEmpty else { continue }
            if ChangeQuery.timeNames.contains(name) { days[name] = String(text.prefix(10)) }
            take(name, text)
        }
        leaveReversed()
        ignoreOthers(query)
    }

    /// The page with one filter alone, for links from elsewhere.
    static func url(_ name: String, _ reference: EntityReference) -> SafeURL {
        .path([String(path.dropFirst())], query: [(name, reference.description)])
    }

    private mutating func take(_ name: String, _ text: String) {
        do {
            guard text.utf8.count <= Self.longest else { throw ChangeMistake.long(Self.longest) }
            try ChangeQuery.take(name, text, entityKind: "component", into: &filter)
            values[name] = text
        } catch let mistake as ChangeMistake { ignore(name, text, mistake) } catch { ignore(name, text, .unknown) }
    }

    /// A time that ends before it begins is none.
    private mutating func leaveReversed() {
        guard ChangeQuery.isReversed(filter, to: values["to"]) else { return }
        for name in ChangeQuery.timeNames {
            if let text = values[name] { ignore(name, text, .order) }
            values[name] = nil
        }
        filter.from = nil
        filter.to = nil
    }

    private mutating func ignoreOthers(_ query: QueryParameters) {
        var seen: Set<String> = []
        for pair in query.pairs {
            let isKnown = pair.name == Self.cursorName || ChangeQuery.filterNames.contains(pair.name)
            if !isKnown { ignore(pair.name, pair.value, .unknown) }
            if isKnown, !seen.insert(pair.name).inserted { ignore(pair.name, pair.value, .repeated) }
        }
    }

    private mutating func ignore(_ name: String, _ text: String, _ mistake: ChangeMistake) {
        guard ignored.count < Self.mostIgnored else { return }
        let part = "\(name)=\(text)".unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 }
        let shown = String(String.UnicodeScalarView(part.prefix(Self.shownIgnored)))
        ignored.append(Ignored(text: part.count > Self.shownIgnored ? "\(shown)…" : shown, mistake: mistake))
    }

    /// The address without the place in the list.
    var url: SafeURL { url(cursor: nil) }

    func url(cursor: String?) -> SafeURL {
        let pairs = ChangeQuery.filterNames.compactMap { name in values[name].map { (name, $0) } }
        let place = [cursor.map { (Self.cursorName, $0) }].compactMap { $0 }
        return .path([String(Self.path.dropFirst())], query: pairs + place)
    }

    /// The same without a filter; what hangs on it goes with it.
    func without(_ name: String) -> SafeURL {
        var copy = self
        copy.values[name] = nil
        if name == "cause" { copy.values["causeName"] = nil }
        return copy.url
    }
}
