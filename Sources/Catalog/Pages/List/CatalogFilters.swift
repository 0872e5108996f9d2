import EntityModel
import PortalKit

/// The filters of the catalog page, in upstream's URL form: `filters[kind]=component&filters[type]=service`.
struct CatalogFilters: Sendable, Hashable {
    /// A filter with a list of values to choose from.
    struct Facet: Sendable, Hashable {
        /// `type` in `filters[type]`.
        let name: String
        let key: String
        func title(_ words: any CatalogWords) -> String {
            switch name {
            case "type": words.type
            case "lifecycles": words.lifecycle
            case "owners": words.owner
            case "system": words.system
            case "domain": words.domain
            case "tags": words.tags
            default: words.namespace
            }
        }

        /// What a value must begin with: systems are among what entities are part of.
        var prefix: String?
    }

    /// A value that is none of those that a filter can have.
    struct Unknown: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// A part of the address that changes nothing, with what could stand there.
    struct Ignored: Sendable, Hashable {
        let text: String
        let known: Known
    }

    /// What the list can do that an address may have meant.
    enum Known: Sendable, Hashable {
        case sort([String])
        case rows([String])
        case listAll([String])
        case columns([String])
        case filter([String])
    }

    static let facets = [
        Facet(name: "type", key: "spec.type"),
        Facet(name: "lifecycles", key: "spec.lifecycle"),
        Facet(name: "owners", key: "relations.ownedby"),
        Facet(name: "system", key: "relations.partof", prefix: "system:"),
        Facet(name: "domain", key: "relations.partof", prefix: "domain:"),
        Facet(name: "tags", key: "metadata.tags"),
        Facet(name: "namespace", key: "metadata.namespace"),
    ]

    /// `all` for every kind.
    var kind: String
    var text: String
    var isOwned: Bool
    var isStarred: Bool
    var statuses: Set<ListStatus>
    /// What is owned by groups below a chosen owner counts as owned by that.
    var withSubgroups: Bool
    var chosen: [String: [String]]
    /// Values of `filters[user]` and `filters[processing]` that nobody knows, or not yet: nothing can match them.
    var unknown: [Unknown]
    /// What the address says beside that and nobody understands; links leave it out.
    let ignored: [Ignored]
    var order: EntityOrder
    var cursor: String?
    /// How many rows come before the page, as the page that led here counted them; 0 where nobody did.
    var from: Int
    var limit: Int
    /// Nil for those that the kind has.
    var columns: [ListColumn]?
    /// The filter whose values are all listed, and what is sought among them.
    var more: Facet?
    var find: String

    static let orders = ["name": "metadata.name", "type": "spec.type", "lifecycle": "spec.lifecycle"]
    static let limits = [20, 50, 100]
    static let mostValues = 50
    /// Nothing that is looked for is longer.
    private static let longestText = 200
    private static let farthest = 1 << 40

    init(_ query: QueryParameters) {
        let given = query.pairs.compactMap { pair in Self.filter(pair.name).map { (name: $0, value: pair.value) } }
        func values(_ name: String) -> [String] {
            given.compactMap { $0.name == name && !$0.value.isEmpty ? $0.value : nil }
        }
        kind = values("kind").first?.lowercased() ?? "component"
        text = String((values("text").first ?? "").trimmed.prefix(Self.longestText))
        isOwned = values("user").first == "owned"
        isStarred = values("user").first == "starred"
        statuses = Set(values("processing").compactMap(ListStatus.init))
        withSubgroups = values("subgroups").first == "true"
        unknown =
            values("user").filter { !["owned", "starred", "all"].contains($0) }.prefix(1).map {
                Unknown(name: "user", value: $0)
            }
            + values("processing").filter { ListStatus(rawValue: $0) == nil }.prefix(1).map {
                Unknown(name: "processing", value: $0)
            }
        chosen = [:]
        for facet in Self.facets {
            let list = values(facet.name)
            if !list.isEmpty { chosen[facet.name] = list.prefix(Self.mostValues).map { Self.value($0, of: facet) } }
        }
        let sort = query["sort"] ?? "name"
        let isDescending = sort.hasPrefix("-")
        let name = isDescending ? String(sort.dropFirst()) : sort
        order = EntityOrder(key: Self.orders[name] ?? "metadata.name", isDescending: isDescending)
        cursor = query["cursor"].flatMap { $0.isEmpty ? nil : $0 }
        from = query["from"].flatMap { Int($0) }.map { min(max($0, 0), Self.farthest) } ?? 0
        let named = query.all("columns").compactMap(ListColumn.init).filter { $0 != .name }
        columns = named.isEmpty ? nil : ListColumn.allCases.filter(named.contains)
        more = query["more"].flatMap { name in Self.facets.first { $0.name == name } }
        find = more == nil ? "" : (query["find"] ?? "").trimmed
        ignored = Self.ignored(query)
        let wanted = query["limit"].flatMap { Int($0) } ?? 20
        limit = Self.limits.contains(wanted) ? wanted : Self.limits[0]
    }

    /// Older addresses name owners as people do: `team`, or `namespace/team`.
    private static func value(_ text: String, of facet: Facet) -> String {
        guard facet.name == "owners", !text.contains(":") else { return text }
        return text.contains("/")
            ? "group:\(text)" : "group:\(EntityReference.defaultNamespace)/\(text)"
    }

    private static let mostIgnored = 5
    private static let longestIgnored = 60
    private static let names = ["kind", "text", "user"] + facets.map(\.name) + ["subgroups", "processing"]

    /// The filter that a parameter is a value of: `filters[kind]`, and as other programs write lists of values,
    /// `filters[kind][]` and `filters[kind][0]`.
    private static func filter(_ parameter: String) -> Substring? {
        let start = "filters["
        guard parameter.hasPrefix(start), let end = parameter.firstIndex(of: "]") else { return nil }
        let name = parameter[..<end].dropFirst(start.count)
        let place = parameter[end...].dropFirst()
        if place.isEmpty { return name }
        guard place.hasPrefix("["), place.hasSuffix("]"), place.dropFirst().dropLast().allSatisfy(\.isWholeNumber)
        else { return nil }
        return name
    }

    private static func ignored(_ query: QueryParameters) -> [Ignored] {
        var found: [Ignored] = []
        func add(_ text: String, _ known: Known) {
            let short = text.count > longestIgnored ? "\(text.prefix(longestIgnored))…" : text
            let one = Ignored(text: short, known: known)
            if found.count < mostIgnored, !found.contains(one) { found.append(one) }
        }
        for pair in query.pairs {
            switch pair.name {
            case "sort":
                let name = pair.value.hasPrefix("-") ? String(pair.value.dropFirst()) : pair.value
                if orders[name] == nil {
                    add("sort=\(pair.value)", .sort(orders.keys.sorted()))
                }
            case "limit":
                if !limits.contains(where: { String($0) == pair.value }) {
                    add("limit=\(pair.value)", .rows(limits.map(String.init)))
                }
            case "more":
                if !pair.value.isEmpty, !facets.contains(where: { $0.name == pair.value }) {
                    add("more=\(pair.value)", .listAll(facets.map(\.name)))
                }
            case "columns" where !pair.value.isEmpty && ListColumn(rawValue: pair.value) == nil:
                add("columns=\(pair.value)", .columns(ListColumn.allCases.map(\.rawValue)))
            case let name where name.hasPrefix("filter"):
                if filter(name).map({ !names.contains(String($0)) }) ?? true { add(name, .filter(names)) }
            default: continue
            }
        }
        return found
    }

    /// What entities must match, statuses and stars aside, which `ListScope` knows.
    /// - Parameter facet: the name of one to leave out, for its own counts.
    func predicate(for user: UserPrincipal?, without facet: String? = nil) -> EntityPredicate {
        var parts: [EntityPredicate] = []
        if kind != "all", facet != "kind" { parts.append(.oneOf(key: "kind", values: [kind])) }
        for entry in Self.facets where entry.name != facet {
            if let values = chosen[entry.name] { parts.append(.oneOf(key: entry.key, values: values)) }
        }
        if !text.isEmpty {
            parts.append(
                .contains(
                    keys: ["metadata.name", "metadata.title", "metadata.description", "metadata.tags"], text: text))
        }
        if isOwned, facet != "user" {
            parts.append(.oneOf(key: "relations.ownedby", values: user?.ownershipEntityRefs ?? []))
        }
        if !unknown.isEmpty { parts.append(.any([])) }
        return .all(parts)
    }

    /// The address of these filters.
    var url: SafeURL { .path(["catalog"], query: parameters) }

    var parameters: [(String, String)] {
        var query: [(String, String)] = [("filters[kind]", kind)]
        if isOwned { query.append(("filters[user]", "owned")) }
        if isStarred { query.append(("filters[user]", "starred")) }
        for facet in Self.facets { query += (chosen[facet.name] ?? []).map { ("filters[\(facet.name)]", $0) } }
        if withSubgroups { query.append(("filters[subgroups]", "true")) }
        for status in ListStatus.allCases where statuses.contains(status) {
            query.append(("filters[processing]", status.rawValue))
        }
        query += unknown.map { ("filters[\($0.name)]", $0.value) }
        if !text.isEmpty { query.append(("filters[text]", text)) }
        if sort != "name" { query.append(("sort", sort)) }
        if limit != Self.limits[0] { query.append(("limit", String(limit))) }
        query += (columns ?? []).map { ("columns", $0.rawValue) }
        if let cursor {
            query.append(("cursor", cursor))
            if from > 0 { query.append(("from", String(from))) }
        }
        if let more { query.append(("more", more.name)) }
        if !find.isEmpty { query.append(("find", find)) }
        return query
    }

    var shownColumns: [ListColumn] { columns.map { [.name] + $0 } ?? ListColumn.standard(for: kind) }

    /// What the address says behind the question mark, without the place in the list; what a saved view keeps.
    var query: String {
        let text = with {
            $0.more = nil
            $0.find = ""
        }.url.text
        return text.firstIndex(of: "?").map { String(text[text.index(after: $0)...]) } ?? ""
    }

    var sort: String {
        let name = Self.orders.first { $0.value == order.key }?.key ?? "name"
        return order.isDescending ? "-\(name)" : name
    }

    func with(_ change: (inout CatalogFilters) -> Void) -> CatalogFilters {
        var copy = self
        copy.cursor = nil
        copy.from = 0
        change(&copy)
        return copy
    }

    /// The same kind without any filter.
    var cleared: CatalogFilters {
        with {
            $0.text = ""
            $0.chosen = [:]
            $0.isOwned = false
            $0.isStarred = false
            $0.statuses = []
            $0.withSubgroups = false
            $0.unknown = []
            $0.more = nil
            $0.find = ""
        }
    }

    /// The filters that are on beside the kind, each with what is left without it.
    /// - Parameter label: what a value of a facet is called.
    func active(
        _ words: any CatalogWords, _ label: (_ facet: String, _ value: String) -> String
    ) -> [(text: String, without: CatalogFilters)] {
        var list: [(text: String, without: CatalogFilters)] = []
        if !text.isEmpty { list.append(("“\(text)”", with { $0.text = "" })) }
        if isOwned { list.append((words.ownedByMe, with { $0.isOwned = false })) }
        if isStarred { list.append((words.starred, with { $0.isStarred = false })) }
        for status in ListStatus.allCases where statuses.contains(status) {
            list.append((status.title(words), with { $0.statuses.remove(status) }))
        }
        if withSubgroups { list.append((words.withSubgroups, with { $0.withSubgroups = false })) }
        for entry in unknown {
            list.append(
                (
                    "\(entry.name == "user" ? words.show : words.processing): \(entry.value)",
                    with { $0.unknown.removeAll { $0 == entry } }
                ))
        }
        for facet in Self.facets {
            for value in chosen[facet.name] ?? [] {
                list.append(
                    (
                        "\(facet.title(words)): \(label(facet.name, value))",
                        with { $0.chosen[facet.name] = $0.chosen[facet.name]?.filter { $0 != value } }
                    ))
            }
        }
        return list
    }
}
