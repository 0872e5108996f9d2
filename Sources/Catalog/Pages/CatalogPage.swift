import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `/catalog`: a page of entities, with filters and their counts.
struct CatalogPage: Sendable {
    typealias Choice = FilterForm.Choice

    let filters: CatalogFilters
    let rows: [CatalogRow]
    let total: Int
    let isCatalogEmpty: Bool
    let facets: CatalogFacets
    /// What is wrong anywhere in the catalog; nil where nothing is, or the list shows it.
    let errors: CatalogErrors?
    /// How many rows come before these, where that is known.
    let start: Int?
    let previous: SafeURL?
    let next: SafeURL?
    let paths: ShownPaths
    /// Whoever asks may not read any entity.
    let isDenied: Bool
    /// What was done before on another page, for the one that follows it.
    let done: String?
    /// Whoever asks may register locations.
    let mayRegister: Bool

    static func content(
        _ request: PortalRequest, _ version: IndexVersion, _ paths: ShownPaths, mayRegister: Bool = false
    ) throws -> PageContent {
        do { return try load(request, version, paths, mayRegister: mayRegister).content } catch let error as PortalError
            where error.kind == .input
        {
            return misplaced(CatalogFilters(request.query), error)
        }
    }

    /// Everything the page shows, from one version of the index.
    static func load(
        _ request: PortalRequest, _ version: IndexVersion, _ paths: ShownPaths, mayRegister: Bool = false
    ) throws -> CatalogPage {
        var filters = CatalogFilters(request.query)
        let cursor = try filters.cursor.map { try EntityCursor(parsing: $0) }
        if let cursor { filters.order = cursor.order }
        let user: UserPrincipal? = if case .user(let user) = request.principal { user } else { nil }
        let index = version.index
        let catalog = AuthorizedCatalog(version, decision: request.decision)
        let matches = catalog.matches(filters.predicate(for: user))
        let backwards = cursor?.isPrevious ?? false
        let page = index.page(
            of: matches, order: filters.order, limit: filters.limit, after: cursor?.position, backwards: backwards)
        let hasPrevious = backwards ? page.hasMore : page.hasEarlier
        let hasNext = backwards || page.hasMore
        let rest = matches.count - page.slots.count
        let start = !hasPrevious ? 0 : !hasNext ? rest : filters.from == 0 ? nil : min(filters.from, rest)
        func link(_ slot: UInt32?, isPrevious: Bool) -> SafeURL? {
            guard let slot, let position = index.position(of: slot, order: filters.order) else { return nil }
            let text = EntityCursor(
                order: filters.order, position: position, isPrevious: isPrevious, query: EntityListQuery(),
                totalItems: matches.count
            ).text
            return filters.with {
                $0.cursor = text
                if let start { $0.from = isPrevious ? max(0, start - filters.limit) : start + page.slots.count }
            }.url
        }
        var titles = CatalogRow.Titles(catalog)
        return CatalogPage(
            filters: filters, rows: page.slots.map { CatalogRow($0, &titles) }, total: matches.count,
            isCatalogEmpty: index.count == 0,
            facets: CatalogFacets(catalog, filters, user, matches: matches),
            errors: CatalogErrors(catalog, filters), start: start,
            previous: hasPrevious ? link(page.slots.first, isPrevious: true) : nil,
            next: hasNext ? link(page.slots.last, isPrevious: false) : nil,
            paths: paths, isDenied: request.decision == .deny,
            done: done(request.query), mayRegister: mayRegister)
    }

    private static func done(_ query: QueryParameters) -> String? {
        if query[OrphanDeletion.deletedParameter] != nil { return "The entity is deleted." }
        if query[UnregistrationPage.doneParameter] != nil { return "The location is unregistered." }
        return nil
    }

    /// The address names a place in the list that is none: the list itself is there.
    private static func misplaced(_ filters: CatalogFilters, _ error: PortalError) -> PageContent {
        let code = error.kind.statusCode
        return PageContent(
            "No such place", trail: [.init("Catalog", "/catalog")], status: .badRequest,
            html: ErrorPanel.html(
                "There is no such place in the list", code: code,
                message: "The address holds a cursor that cannot be used. \(error.message).",
                content: Card.quiet("It may have been cut when it was copied. Its filters are kept."),
                actions: Button.link("Begin with the first page", filters.with { $0.cursor = nil }.url, isMain: true)))
    }
}

extension CatalogPage {
    var content: PageContent {
        PageContent(title, navigation: filters.kind == "api" ? "apis" : nil, html: html)
    }

    private var title: String { filters.kind == "api" ? "APIs" : "Catalog" }

    private var kindName: String {
        facets.kinds.first { $0.isChosen && $0.value != "all" }?.label
            ?? (filters.kind == "all" ? "entity" : filters.kind)
    }

    /// `12 components`, `1 entity`
    private var counted: String {
        // A kind that nothing has is no word to be put into the plural.
        if !filters.unknown.isEmpty || total == 0 && !facets.kinds.contains(where: { $0.isChosen && $0.count > 0 }) {
            return "Nothing"
        }
        return CatalogErrors.counted(total, kindName)
    }

    /// `21–40 of 61 components`
    private var position: String {
        guard let start, previous != nil || next != nil else { return "\(rows.count) of \(counted)" }
        return "\(start + 1)–\(start + rows.count) of \(counted)"
    }

    private var html: HTML {
        if isDenied {
            return HTML { h in
                h.add(PageHead.html(title))
                h.add(Self.forbidden)
            }
        }
        if isCatalogEmpty {
            return HTML { h in
                h.add(PageHead.html(title))
                if let done { h.add(Note.text(.info, nil, done)) }
                h.add(firstUse)
            }
        }
        return Columns.replaceable(
            "catalog", said: counted,
            HTML { h in
                h.add(
                    PageHead.html(
                        title,
                        subtitle: HTML { h in
                            h.text(counted)
                            if let errors {
                                h.text(" · ")
                                h.add(errors.html)
                            }
                        },
                        actions: mayRegister ? Button.link("Register existing", RegistrationPage.url) : .empty))
                h.add(Columns.side(facets.form(filters), list, id: "list"))
            })
    }

    private var list: HTML {
        HTML { h in
            h.add(
                FilterChips.html(
                    filters.active(facets.label).map { ($0.text, $0.without.url) }, clear: filters.cleared.url))
            if let done { h.add(Note.text(.info, nil, done)) }
            h.add(ignored)
            if rows.isEmpty { return h.add(nothing) }
            h.add(CatalogTable(filters: filters, rows: rows, paths: paths).html)
            h.add(
                Pager.html(
                    position, previous: previous, next: next,
                    sizes: total > CatalogFilters.limits[0] ? sizes : []))
        }
    }

    /// What the address says in vain.
    private var ignored: HTML {
        if filters.ignored.isEmpty { return .empty }
        let known = filters.ignored.map(\.known).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return Note.html(
            .warn, "A part of the address is not understood",
            HTML { h in
                h(.p) {
                    for (number, one) in filters.ignored.enumerated() {
                        if number > 0 { h.text(", ") }
                        h.add(Code.inline(one.text))
                    }
                    h.text(" changes nothing here. The catalog can \(known.joined(separator: "; ")).")
                }
            })
    }

    private var sizes: [(count: Int, url: SafeURL?)] {
        CatalogFilters.limits.map { limit in
            (limit, limit == filters.limit ? nil : filters.with { $0.limit = limit }.url)
        }
    }

    private var firstUse: HTML {
        let sample = """
            catalog:
              locations:
                - type: file
                  target: ./catalog-info.yaml
            """
        return EmptyState.html(
            "The catalog is empty",
            "Entities are read from catalog-info.yaml files. Name one in app-config.yaml under catalog.locations, or "
                + "register its URL; it shows here within a second.",
            action: HTML { h in
                h.add(Code.block(sample, label: "A location in app-config.yaml"))
                if mayRegister {
                    h.add(Button.link("Register existing components", RegistrationPage.url, isMain: true))
                }
            })
    }

    private static var forbidden: HTML {
        EmptyState.html(
            "You may not read the catalog",
            "It needs the permission \(CatalogPermissions.entityRead.name). Whoever runs this portal can grant it.",
            isRefused: true)
    }

    private var nothing: HTML {
        let isKnown = filters.kind == "all" || facets.kinds.contains { $0.value == filters.kind && $0.count > 0 }
        if !isKnown {
            return EmptyState.html(
                "Nothing of this kind", "The catalog has no entity of the kind \(filters.kind).",
                action: Button.link("Show all kinds", filters.cleared.with { $0.kind = "all" }.url))
        }
        let names = filters.active(facets.label).map(\.text)
        let rest = names.isEmpty ? "the filters that are on" : names.joined(separator: " and ")
        return EmptyState.html(
            "Nothing matches", "No \(kindName) matches \(rest).",
            action: Button.link("Clear the filters", filters.cleared.url))
    }
}
