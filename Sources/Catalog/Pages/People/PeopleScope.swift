import EntityModel
import PortalKit

/// Whose things count as those of a group or a user: the group with the groups below it, the user with the own groups.
/// Every number on their pages is counted so, with what is theirs alone beside it.
struct PeopleScope {
    let isGroup: Bool
    let own: String
    /// The group or user first.
    let all: [String]
    private let catalog: AuthorizedCatalog

    /// `?direct` leaves out what is below.
    static let directParameter = "direct"
    private static let mostGroups = 50

    /// - Returns: nil for other kinds.
    init?(_ entity: Entity, _ catalog: AuthorizedCatalog) {
        let own = entity.reference.description
        switch entity.kind.lowercased() {
        case "group": all = GroupTree.below([own], catalog)
        case "user":
            all =
                [own]
                + catalog.relations(of: own, most: Self.mostGroups).filter { $0.type == "memberOf" }
                .flatMap { $0.shown.map(\.reference) }
        default: return nil
        }
        isGroup = entity.kind.lowercased() == "group"
        self.own = own
        self.catalog = catalog
    }

    /// There is somebody else.
    var hasMore: Bool { all.count > 1 }

    func owned(isDirect: Bool = false) -> Bitmap {
        catalog.matches(.oneOf(key: "relations.ownedby", values: isDirect ? [own] : all))
    }

    func members(isDirect: Bool = false) -> Bitmap {
        catalog.matches(.oneOf(key: "relations.memberof", values: isDirect ? [own] : all))
    }

    /// What a tab lists; nil for one that lists something else.
    func listed(on tab: String, isDirect: Bool = false) -> Bitmap? {
        switch tab {
        case "owned": owned(isDirect: isDirect)
        case "members" where isGroup: members(isDirect: isDirect)
        default: nil
        }
    }

    /// The list of the catalog with what is owned, all of it or what has a status.
    /// - Returns: nil where there are more owners than an address can name.
    func url(kind: String, status: ListStatus? = nil, isDirect: Bool = false) -> SafeURL? {
        let owners = isDirect || isGroup ? [own] : all
        if owners.count > CatalogFilters.mostValues { return nil }
        var query = [("filters[kind]", kind.lowercased())] + owners.map { ("filters[owners]", $0) }
        if isGroup, hasMore, !isDirect { query.append(("filters[subgroups]", "true")) }
        if let status { query.append(("filters[processing]", status.rawValue)) }
        return .path(["catalog"], query: query)
    }
}
