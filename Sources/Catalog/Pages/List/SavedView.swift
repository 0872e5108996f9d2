import EntityModel
import PortalKit

/// Filters, columns and order of the list under a name that somebody gave them, for themselves or for a group.
struct SavedView: Sendable, Hashable {
    let name: String
    /// What the address says behind the question mark.
    let query: String
    /// Those who see and change it; nil for one person alone.
    var group: EntityReference?

    /// Why a view cannot be kept.
    enum Problem: Error, Sendable, Hashable {
        case noName, longName, longQuery, tooMany
        /// Another view has the name; it may be that of a group.
        case exists(String, group: String?)
        case foreign(group: String)
        /// One that there is not is to be removed.
        case missing(String, group: String?)
        /// One of a group is to be removed, which takes it from others.
        case shared(String, group: String)
    }

    static let name = SettingName(bucket: "callboard", key: "catalog.views")
    /// Of one person, and of one group.
    static let most = 50
    static let longestName = 60
    private static let longestQuery = 4_000

    var url: SafeURL { SafeURL("/catalog?\(query)") ?? "/catalog" }

    static func all(_ value: JSONValue?, of group: EntityReference? = nil) -> [SavedView] {
        (value?.array ?? []).prefix(most).compactMap { entry in
            guard let name = entry["name"]?.string, let query = entry["query"]?.string else { return nil }
            return SavedView(name: name, query: query, group: group)
        }
    }

    static func json(_ views: [SavedView]) -> JSONValue {
        .array(views.map { ["name": .string($0.name), "query": .string($0.query)] })
    }

    /// The view that an address names, `/catalog?view=Mine`, or the name of one that there is not.
    static func named(in query: QueryParameters, _ views: [SavedView]) -> (view: SavedView?, missing: String?) {
        guard let name = query["view"], !name.isEmpty else { return (nil, nil) }
        if let view = views.first(where: { $0.name == name }) { return (view, nil) }
        return (nil, String(name.prefix(longestName)))
    }

    static func checked(_ name: String?, _ query: String?, for group: EntityReference? = nil) throws(Problem)
        -> SavedView
    {
        let name = (name ?? "").trimmed
        guard !name.isEmpty else { throw .noName }
        guard name.count <= longestName else { throw .longName }
        let text = query ?? ""
        guard text.utf8.count <= longestQuery else { throw .longQuery }
        // Only what the list understands is kept.
        return SavedView(name: name, query: CatalogFilters(QueryParameters(text)).query, group: group)
    }

    /// Views with this one among them.
    /// - Parameter replaces: whoever keeps it knows that another goes.
    func added(to views: [SavedView], replaces: Bool) throws(Problem) -> [SavedView] {
        guard let place = views.firstIndex(where: { $0.name == name }) else {
            guard views.count < Self.most else { throw .tooMany }
            return views + [self]
        }
        guard replaces || views[place].query == query else {
            throw .exists(name, group: group?.name)
        }
        var views = views
        views[place] = self
        return views
    }
}
