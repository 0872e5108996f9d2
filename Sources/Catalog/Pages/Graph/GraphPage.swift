import EntityModel
import PortalKit
import PortalUI

/// `/catalog-graph`: how entities are tied to one another, drawn and in words.
struct GraphPage: Sendable {
    let query: GraphQuery
    let graph: Graph
    /// There is more than is drawn.
    let isCut: Bool
    /// How many relations the one root has, as far as they are asked for; nil where that says nothing.
    let rootTotal: Int?
    /// Kinds and types of relations that the catalog has, in the order of what they are called.
    let kinds: [String]
    let types: [String]
    let missing: [EntityReference]
    let context: ViewContext

    static let part = "graph-page"

    private var words: any CatalogWords { context.words }

    /// - Parameter mostTies: that are drawn.
    static func load(
        _ query: GraphQuery, _ catalog: AuthorizedCatalog, _ context: ViewContext,
        mostTies: Int = GraphWalk.mostDrawnTies
    ) -> GraphPage {
        let words = context.words
        let walk = GraphWalk(query, catalog)
        var graph = walk.graph(mostTies: mostTies) { words.relation($0) ?? $0 }
        if query.collapses {
            graph =
                CollapsedGraph(
                    graph, system: { GraphWalk.system(of: $0, catalog) }, counted: words.boxesWithin
                ).graph
        }
        if query.mergesPairs { graph = graph.mergingPairs }
        let isTooLarge = graph.nodes.count > GraphWalk.mostDrawn
        let hasMoreTies = walk.hasMore(than: mostTies) || graph.edges.count > mostTies
        if isTooLarge || hasMoreTies {
            graph = Graph(
                nodes: Array(graph.nodes.prefix(GraphWalk.mostDrawn)),
                edges: Array(graph.edges.prefix(mostTies)))
        }
        let kinds = catalog.index.facet("kind", within: catalog.facetScope(.everything)).map(\.value)
        return GraphPage(
            query: query, graph: graph, isCut: walk.isCut || isTooLarge || hasMoreTies,
            rootTotal: total(query, catalog), kinds: ReadingOrder.sorted(kinds) { $0 },
            types: ReadingOrder.sorted(Array(catalog.index.relations.types)) { words.relation($0) ?? $0 },
            missing: query.roots.filter { catalog.slot(reference: $0.description) == nil }, context: context)
    }

    private static func total(_ query: GraphQuery, _ catalog: AuthorizedCatalog) -> Int? {
        guard query.roots.count == 1, let root = query.roots.first, query.kinds.isEmpty else { return nil }
        let types = Set(query.relations)
        return catalog.relations(of: root.description, most: 0)
            .filter { types.isEmpty || types.contains($0.type) }.map(\.total).reduce(0, +)
    }

    var content: PageContent {
        let title = query.roots.isEmpty ? words.graph : words.graph(of: rootNames)
        return PageContent(
            title, trail: trail, navigation: "catalog", modules: ["graph"],
            html: Columns.replaceable(
                Self.part, said: words.entitiesShown(graph.nodes.count),
                HTML { h in
                    h.add(
                        PageHead.html(
                            title, subtitle: HTML { $0.text(words.entitiesShown(graph.nodes.count { !$0.isMissing })) },
                            actions: actions))
                    h.add(Columns.side(form, result, id: "graph"))
                }))
    }

    private var trail: [PageContent.Step] {
        let catalog = PageContent.Step(words.catalog, "/catalog")
        guard query.roots.count == 1, let root = query.roots.first, missing.isEmpty else { return [catalog] }
        return [catalog, .init(rootNames, EntityLink.url(root))]
    }

    private var rootNames: String {
        query.roots.map { root in
            graph.nodes.first { $0.id == root.description }?.label ?? EntityLink.shortName(root)
        }.joined(separator: ", ")
    }

    private var actions: HTML {
        if graph.nodes.isEmpty { return .empty }
        return HTML { h in
            let other = query.with { $0.view = query.view == .list ? .drawing : .list }
            h.add(Button.link(query.view == .list ? words.showDrawing : words.showList, other.url))
            h.add(Button.link(words.downloadSVG, query.fileURL))
        }
    }

    private var form: HTML {
        typealias Choice = FilterForm.Choice
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> Choice {
            Choice(value, label: label, isChosen: isChosen)
        }
        let depths = GraphQuery.depths.map { choice(String($0), words.steps($0), query.depth == $0) }
        let directions: [(GraphLayout.Direction, String)] = [
            (.leftToRight, words.leftToRight), (.rightToLeft, words.rightToLeft), (.topToBottom, words.topToBottom),
            (.bottomToTop, words.bottomToTop),
        ]
        return FilterForm(
            action: "/catalog-graph",
            fields: [
                .text(
                    words.startAt, name: "rootEntityRefs[]",
                    value: (query.roots.first?.description ?? query.misread.first) ?? "",
                    placeholder: "component:default/…"),
                .select(
                    words.depth, name: "maxDepth", depths + [choice("∞", words.everythingReachable, query.depth == nil)]
                ),
                .select(
                    words.direction, name: "direction",
                    directions.map { choice($0.rawValue, $1, query.direction == $0) }),
                .one(
                    words.ties, name: "unidirectional",
                    [
                        choice("false", words.allTies, !query.isOneWay),
                        choice("true", words.tiesFoundBy, query.isOneWay),
                    ], help: words.tiesHelp),
                .one(
                    words.names, name: "mergeRelations",
                    [
                        choice("true", words.oneLineForBoth, query.mergesPairs),
                        choice("false", words.lineForEach, !query.mergesPairs),
                    ], help: words.namesHelp),
                .many(words.largeGraphs, name: "collapse", [choice("true", words.collapseBySystem, query.collapses)]),
                .many(
                    words.kinds, name: "selectedKinds[]",
                    kinds.map { choice($0.lowercased(), $0, query.kinds.contains($0.lowercased())) }),
                .many(
                    words.relations, name: "selectedRelations[]",
                    types.map { choice($0, words.relation($0) ?? $0, query.relations.contains($0)) }),
            ],
            hidden: query.roots.dropFirst().map { ("rootEntityRefs[]", $0.description) }
                + (query.view == .list ? [("view", GraphQuery.View.list.rawValue)] : []),
            activeCount: (query.kinds.isEmpty ? 0 : 1) + (query.relations.isEmpty ? 0 : 1), past: "#graph",
            swap: Self.part, context.interface
        ).html
    }

    private var result: HTML {
        HTML { h in
            for text in query.misread { h.add(Note.text(.warn, words.noReference(text), words.referenceForm)) }
            for reference in missing { h.add(Note.text(.warn, nil, words.thereIsNo(reference.description))) }
            if query.roots.isEmpty {
                return h.add(EmptyState.html(words.graphOfWhat, words.graphOfWhatText))
            }
            h.add(questions)
            if isCut || graph.nodes.count > GraphDrawing.mostNodes { h.add(large) }
            if query.view == .list {
                h.add(GraphList.html(graph, context.interface))
            } else {
                let drawing = GraphDrawing(graph, direction: query.direction)
                h.add(GraphView.html(drawing, label: words.graph(of: rootNames), context.interface))
                if max(graph.nodes.count, graph.edges.count) > GraphDrawing.mostNodes {
                    // Both on one page would weigh twice as much.
                    h.add(Pager.more(words.sameInWords, query.with { $0.view = .list }.url))
                } else {
                    h.add(Fold.html(words.sameInWords, GraphList.html(graph, context.interface)))
                }
            }
        }
    }

    /// What people mostly come to ask of one thing.
    private var questions: HTML {
        guard query.roots.count == 1, let root = query.roots.first, missing.isEmpty,
            Self.needed.contains(root.kind.lowercased())
        else { return .empty }
        let ways = GraphQuery.Question.allCases.map { question in
            TabBar.Tab(question.text(words), url: query.asking(question).url, isCurrent: query.asks(question))
        }
        let current = GraphQuery.Question.allCases.first(where: query.asks)
        return HTML { h in
            h.add(Toolbar.html(start: ViewSwitch.html(words.graph, ways, swap: Self.part), end: .empty))
            if let current { h.add(Card.quiet(current.explanation(words))) }
        }
    }

    /// Kinds that others need, and that need others; lowercase.
    private static let needed: Set<String> = ["component", "api", "resource"]

    private var large: HTML {
        Note.html(
            .info, isCut ? words.notAllShown : words.hardToRead,
            HTML { h in
                h(.p) {
                    if isCut, let rootTotal, rootTotal > graph.nodes.count {
                        h.text(words.hasRelations(rootNames, rootTotal))
                        h.text(" ")
                    }
                    h.text(query.depth == 1 ? words.narrowDownNear : words.narrowDown)
                    if !query.collapses {
                        h.text(" ")
                        h(.a, .href(query.with { $0.collapses = true }.url), text: words.collapseBySystem)
                    }
                }
            })
    }
}
