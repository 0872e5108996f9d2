public import EntityModel
public import Foundation

/// A page that somebody has been to, in the shape of upstream's home plugin.
public struct Visit: Sendable, Hashable {
    public let id: String
    /// The page's title.
    public let name: String
    public let pathname: String
    /// How often, at least once.
    public let hits: Int
    /// The last time, in milliseconds since 1970.
    public let timestamp: Int64
    public let entityRef: String?

    public init(
        id: String = UUID().uuidString.lowercased(), name: String, pathname: String, hits: Int = 1, timestamp: Int64,
        entityRef: String? = nil
    ) {
        self.id = id
        self.name = name
        self.pathname = pathname
        self.hits = hits
        self.timestamp = timestamp
        self.entityRef = entityRef
    }
}

/// Notes which pages people have been to, and tells them.
public protocol VisitService: Sendable {
    /// Notes a visit. It costs the caller nothing: it is written down later, and one of a program or nobody is none.
    func record(_ path: String, title: String, entity: EntityReference?, by principal: Principal)

    /// The pages that a person has been to last, the last one first; none for anybody else.
    func recent(of principal: Principal, limit: Int) async throws -> [Visit]

    /// The pages that a person has been to most often; none for anybody else.
    func most(of principal: Principal, limit: Int) async throws -> [Visit]

    /// Drops what was noted of a person and is not written down yet. What is just being written down is waited for, so
    /// that none comes after.
    func forget(_ principal: Principal) async
}

/// The visits of one person, kept where upstream's pages look for them.
public struct Visits: Sendable {
    /// How many pages are kept: those that were visited last.
    public static let most = 100

    private let settings: any UserSettingsService
    private let owner: SettingsOwner
    /// The setting that holds them.
    public let name: SettingName

    public init(_ settings: any UserSettingsService, of user: UserPrincipal) {
        self.settings = settings
        owner = user.settingsOwner
        name = SettingName(bucket: "default", key: "@backstage/plugin-home:visits:\(user.userEntityRef)")
    }

    /// All that are kept, the last one first.
    public func all() async throws -> [Visit] { Self.visits(try await settings.value(name, of: owner)) }

    /// Adds visits, in one transaction.
    public func record(_ visits: [Visit]) async throws {
        if visits.isEmpty { return }
        try await settings.update(name, of: owner) { value in
            .array(Self.merged(Self.visits(value), visits).map(\.json))
        }
    }

    /// Visits and others that came later, the last one first: a page that is in both keeps its id and adds its hits.
    public static func merged(_ visits: [Visit], _ later: [Visit]) -> [Visit] {
        var byPath = Dictionary(visits.map { ($0.pathname, $0) }) { first, _ in first }
        for visit in later { byPath[visit.pathname] = byPath[visit.pathname]?.followed(by: visit) ?? visit }
        return Array(byPath.values.sorted(by: isLater).prefix(most))
    }

    /// The most often visited first; of two as often visited, the last one.
    public static func byHits(_ visits: [Visit]) -> [Visit] {
        visits.sorted { $0.hits == $1.hits ? isLater($0, $1) : $0.hits > $1.hits }
    }

    /// The visits in a value, the last one first; what is none is passed over.
    public static func visits(_ value: JSONValue?) -> [Visit] {
        (value?.array ?? []).compactMap(Visit.init(json:)).sorted(by: isLater)
    }

    private static func isLater(_ one: Visit, _ other: Visit) -> Bool {
        one.timestamp == other.timestamp ? one.pathname < other.pathname : one.timestamp > other.timestamp
    }
}

extension Visit {
    /// Numbers beyond this are not what a clock or a count says.
    private static let largest = 9_007_199_254_740_991.0

    init?(json: JSONValue) {
        guard let pathname = json["pathname"]?.string else { return nil }
        self.init(
            id: json["id"]?.string ?? UUID().uuidString.lowercased(), name: json["name"]?.string ?? pathname,
            pathname: pathname, hits: Int(Self.whole(json["hits"]) ?? 1), timestamp: Self.whole(json["timestamp"]) ?? 0,
            entityRef: json["entityRef"]?.string)
    }

    /// As upstream keeps it.
    public var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "pathname": .string(pathname), "id": .string(id), "hits": .number(Double(hits)),
            "timestamp": .number(Double(timestamp)),
        ]
        if let entityRef { object["entityRef"] = .string(entityRef) }
        return .object(object)
    }

    fileprivate func followed(by visit: Visit) -> Visit {
        Visit(
            id: id, name: visit.name, pathname: pathname, hits: hits + visit.hits,
            timestamp: max(timestamp, visit.timestamp), entityRef: visit.entityRef)
    }

    private static func whole(_ value: JSONValue?) -> Int64? {
        guard let number = value?.number, number >= 0, number <= largest else { return nil }
        return Int64(number)
    }
}
