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
    let context: ViewContext
    /// The number of the change feed that the list shows.
    let version: Int64
    /// What was done before on another page, for the one that follows it.
    let done: String?
    /// Whoever asks may register locations.
    let mayRegister: Bool
    let personal: Personal
    /// The address names a view that there is not.
    let missingView: String?
    /// The groups that views can be shared with, and what they are called.
    let groups: [(reference: EntityReference, title: String)]

    /// What somebody keeps for the list; a program keeps nothing.
    struct Personal: Sendable {
        var stars: Set<String>?
        /// The person's own before those of groups.
        var views: [SavedView] = []
        /// With whom views can be shared.
        var groups: [EntityReference] = []
    }

    /// The part of the page that filters replace where scripts run.
    static let part = "catalog"

    static func content(
        _ request: PortalRequest, _ context: ViewContext, _ version: IndexVersion, _ paths: ShownPaths,
        mayRegister: Bool = false, personal: Personal = Personal()
    ) throws -> PageContent {
        do {
            return try load(request, context, version, paths, mayRegister: mayRegister, personal: personal).content
        } catch let error as PortalError where error.kind == .input {
            return misplaced(CatalogFilters(request.query), error, context)
        }
    }

    /// Everything the page shows, from one version of the index.
    static func load(
        _ request: PortalRequest, _ context: ViewContext, _ version: IndexVersion, _ paths: ShownPaths,
        mayRegister: Bool = false, personal: Personal = Personal()
    ) throws -> CatalogPage {
        let named = SavedView.named(in: request.query, personal.views)
        var filters = CatalogFilters(named.view.map { QueryParameters($0.query) } ?? request.query)
        let cursor = try filters.cursor.map { try EntityCursor(parsing: $0) }
        if let cursor { filters.order = cursor.order }
        let index = version.index
        let catalog = AuthorizedCatalog(version, decision: request.decision)
        let scope = ListScope(catalog, context.user, stars: personal.stars ?? [])
        let matches = scope.matches(filters)
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
            facets: CatalogFacets(scope, filters, context, matches: matches),
            errors: CatalogErrors(catalog, filters, context.words), start: start,
            previous: hasPrevious ? link(page.slots.first, isPrevious: true) : nil,
            next: hasNext ? link(page.slots.last, isPrevious: false) : nil,
            paths: paths, isDenied: request.decision == .deny, context: context, version: index.head,
            done: done(request.query, context.words), mayRegister: mayRegister, personal: personal,
            missingView: named.missing, groups: titles.groups(personal.groups))
    }

    private static func done(_ query: QueryParameters, _ words: any CatalogWords) -> String? {
        if query[OrphanDeletion.deletedParameter] != nil { return words.entityDeleted }
        if query[UnregistrationPage.doneParameter] != nil { return words.locationUnregistered }
        if let name = query[SavedViewsForm.keptParameter] { return words.viewSaved(shortened(name)) }
        if let name = query[SavedViewsForm.removedParameter] { return words.viewRemoved(shortened(name)) }
        if let count = query[BulkRefresh.doneParameter].flatMap({ Int($0) }) { return words.refreshAsked(count) }
        return nil
    }

    private static func shortened(_ name: String) -> String { String(name.prefix(SavedView.longestName)) }

    /// The address names a place in the list that is none: the list itself is there.
    private static func misplaced(
        _ filters: CatalogFilters, _ error: PortalError, _ context: ViewContext
    ) -> PageContent {
        let words = context.words
        let code = error.kind.statusCode
        return PageContent(
            words.noSuchPlaceShort, trail: [.init(words.catalog, "/catalog")], status: .badRequest,
            html: ErrorPanel.html(
                words.noSuchPlace, code: code,
                message: words.cursorUnusable(error.message),
                content: Card.quiet(words.cursorMayBeCut),
                actions: Button.link(words.beginAnew, filters.with { $0.cursor = nil }.url, isMain: true),
                context.interface))
    }
}

extension CatalogPage {
    var content: PageContent {
        PageContent(title, navigation: filters.kind == "api" ? "apis" : nil, modules: ["peek", "stream"], html: html)
    }

    private var words: any CatalogWords { context.words }
    private var title: String { filters.kind == "api" ? words.apis : words.catalog }

    private var kindName: String {
        facets.kinds.first { $0.isChosen && $0.value != "all" }?.label
            ?? (filters.kind == "all" ? words.entity : filters.kind)
    }

    /// `12 components`, `1 entity`
    private var counted: String {
        // A kind that nothing has is no word to be put into the plural.
        if !filters.unknown.isEmpty || total == 0 && !facets.kinds.contains(where: { $0.isChosen && $0.count != 0 }) {
            return words.nothing
        }
        return CatalogErrors.counted(total, kindName, words)
    }

    /// `21–40 of 61 components`
    private var position: String {
        guard let start, previous != nil || next != nil else { return words.position("\(rows.count)", of: counted) }
        let number = context.interface.number
        return words.position("\(number(start + 1))–\(number(start + rows.count))", of: counted)
    }

    private var html: HTML {
        if isDenied {
            return HTML { h in
                h.add(PageHead.html(title))
                h.add(forbidden)
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
            Self.part, said: counted,
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
                        actions: mayRegister ? Button.link(words.registerExisting, RegistrationPage.url) : .empty))
                h.add(Columns.side(facets.form(filters), list, id: "list"))
            })
    }

    private var list: HTML {
        HTML { h in
            h.add(
                FilterChips.html(
                    filters.active(words, facets.label).map { ($0.text, $0.without.url) }, clear: filters.cleared.url,
                    swap: Self.part, context.interface))
            if let done { h.add(Note.text(.info, nil, done)) }
            h.add(newer)
            h.add(ListToolbar(filters: filters, personal: personal, groups: groups, context: context).html)
            if let missingView { h.add(Note.text(.warn, nil, words.noSuchView(missingView))) }
            h.add(ignored)
            if rows.isEmpty { return h.add(nothing) }
            h.add(
                CatalogTable(
                    filters: filters, rows: rows, paths: paths, context: context, stars: personal.stars
                ).html)
            h.add(BulkBar.html(filters, canStar: personal.stars != nil, context))
            h.add(
                Pager.html(
                    position, previous: previous, next: next,
                    sizes: total > CatalogFilters.limits[0] ? sizes : [], context.interface))
        }
    }

    /// Offers the list anew once the catalog has changed.
    private var newer: HTML {
        NewerBar.html(
            words.newer, stream: .path(["catalog", "events"], query: [("after", String(version))]), url: filters.url,
            swap: Self.part)
    }

    /// What the address says in vain.
    private var ignored: HTML {
        if filters.ignored.isEmpty { return .empty }
        let known = filters.ignored.map(\.known).reduce(into: [CatalogFilters.Known]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        return Note.html(
            .warn, words.addressNotUnderstood,
            HTML { h in
                h(.p) {
                    for (number, one) in filters.ignored.enumerated() {
                        if number > 0 { h.text(", ") }
                        h.add(Code.inline(one.text))
                    }
                    h.text(words.changesNothing(known.map(words.known).joined(separator: "; ")))
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
            words.catalogIsEmpty, words.catalogIsEmptyText,
            action: HTML { h in
                h.add(Code.block(sample, label: words.locationSample))
                if mayRegister {
                    h.add(Button.link(words.registerComponents, RegistrationPage.url, isMain: true))
                }
            })
    }

    private var forbidden: HTML {
        EmptyState.html(
            words.mayNotRead, words.needsPermission(CatalogPermissions.entityRead.name), isRefused: true)
    }

    private var nothing: HTML {
        let isKnown = filters.kind == "all" || facets.kinds.contains { $0.value == filters.kind && $0.count != 0 }
        if !isKnown {
            return EmptyState.html(
                words.nothingOfKind, words.noEntityOfKind(filters.kind),
                action: Button.link(words.showAllKinds, filters.cleared.with { $0.kind = "all" }.url))
        }
        let names = filters.active(words, facets.label).map(\.text)
        let rest = names.isEmpty ? words.filtersThatAreOn : words.and(names)
        return EmptyState.html(
            words.nothingMatches, words.noneMatches(kindName, rest),
            action: Button.link(words.clearFilters, filters.cleared.url))
    }
}
