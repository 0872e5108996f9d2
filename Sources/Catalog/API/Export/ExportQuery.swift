import EntityModel
import PortalKit

/// What an export is asked for: the parameters of by-query but for its pages, and those of the catalog page that a
/// predicate cannot express.
struct ExportQuery {
    /// Parameters of `GET`.
    static let names =
        ["filter", "orderField", "fullTextFilterTerm", "fullTextFilterFields", "fields", "columns"] + namesBesideBody
    /// Parameters of `POST`, whose body has the others.
    static let namesBesideBody = ["format", "byteOrderMark", "user", "processing"]
    private static let members: Set<String> = ["query", "orderBy", "orderField", "fullTextFilter", "fields", "columns"]

    let file: ExportedFile
    private let query: EntityListQuery
    private let isOwned: Bool
    let isStarred: Bool
    private let statuses: [ListStatus]

    /// From `GET`.
    init(_ request: PortalRequest) throws {
        try self.init(request, EntityListQuery(request.query), columns: ExportColumns(request.query.all("columns")))
    }

    /// From `POST` with a body.
    init(body: JSONValue, _ request: PortalRequest) throws {
        try JSONBody.refuseOthers(in: body, than: Self.members)
        var rest = body.object ?? [:]
        let columns = rest["columns"]?.array?.compactMap(\.string)
        guard rest["columns"] == nil || columns != nil && columns?.count == rest["columns"]?.array?.count else {
            throw PortalError(.input, "request/body/columns must be an array of strings")
        }
        rest["columns"] = nil
        try self.init(request, EntityListQuery(body: .object(rest)), columns: ExportColumns(list: columns ?? []))
    }

    private init(_ request: PortalRequest, _ query: EntityListQuery, columns: ExportColumns) throws {
        self.query = query
        let format = try ExportFormat.wanted(by: request)
        let mark = try request.query.word("byteOrderMark", of: ["true", "false"])
        file = ExportedFile(
            format: format, fields: query.fields, columns: columns, hasByteOrderMark: mark == "true")
        let isTable = format == .csv
        guard isTable || mark != "true" else {
            throw PortalError(.input, "byteOrderMark is of csv; \(format.rawValue) never has one (RFC 8259)")
        }
        guard !isTable || query.fields == nil else {
            throw PortalError(.input, "fields are those of json and ndjson; a table has columns")
        }
        guard isTable || columns.isStandard else {
            throw PortalError(.input, "columns are those of csv; \(format.rawValue) has fields")
        }
        let user = try request.query.word("user", of: ["owned", "starred", "all"])
        isOwned = user == "owned"
        isStarred = user == "starred"
        let known = ListStatus.allCases.map(\.rawValue)
        statuses = try request.query.all("processing").map { text in
            guard let status = ListStatus(rawValue: text) else {
                throw PortalError(
                    .input,
                    "request/query/processing must be equal to one of the allowed values: "
                        + known.joined(separator: ", "))
            }
            return status
        }
        if isOwned || isStarred, request.principal.person == nil {
            throw PortalError(.input, "request/query/user asks for somebody's own, which a program does not have")
        }
    }

    /// Everything that matches, in the order that is asked for, else by reference.
    func slots(in catalog: AuthorizedCatalog, for principal: Principal, stars: Set<String>) throws -> [UInt32] {
        var predicate = try query.predicate()
        if isOwned {
            let owners = principal.person?.ownershipEntityRefs ?? []
            predicate = predicate.and(.oneOf(key: "relations.ownedby", values: owners))
        }
        var found = catalog.matches(predicate)
        if isStarred {
            found.formIntersection(ListScope(catalog, principal.person, stars: stars).starred)
        }
        for status in statuses { found.formIntersection(status.matches(catalog)) }
        let index = catalog.version.index
        guard let order = query.order else { return ListOrder.sort(found, by: [], in: index) }
        return index.page(of: found, order: order, limit: found.count).slots
    }
}

extension Principal {
    /// The person who asks; nil for programs and nobody.
    fileprivate var person: UserPrincipal? { if case .user(let user) = self { user } else { nil } }
}
