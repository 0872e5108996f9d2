import EntityModel
import PortalKit
import PortalUI

/// Goes from entity to entity along their relations, nearest first, as far as a query says and a drawing can hold.
struct GraphWalk {
    /// Beyond so many entities nobody sees anything in a drawing, and with long names its page weighs too much.
    static let mostDrawn = 250
    /// Before they are put together by system there may be more.
    private static let mostWalked = 3_000
    /// Ties that are followed, whatever is drawn of them: among a thousand entities there may be a million.
    private static let mostTies = 20_000
    /// Ties that are drawn on a page: more weigh more than all else of it.
    static let mostDrawnTies = 280
    /// Ties that are drawn in a file: more are one black mass.
    static let mostTiesInFile = 1_500
    /// Of each type of relation on one entity.
    private static let mostEdges = 300

    /// One entity on the way.
    struct Place {
        let reference: String
        let slot: UInt32?
        let depth: Int
    }

    private let catalog: AuthorizedCatalog
    private let query: GraphQuery
    private let mostOfEach: Int
    private(set) var places: [Place] = []
    private(set) var edges: [(from: String, to: String, type: String)] = []
    /// Of the edges, those by which something was found first: without them it would stand alone.
    private var ways: Set<Int> = []
    /// There would be more.
    private(set) var isCut = false
    private var known: Set<String> = []
    /// Ties that are followed already, from the other end or by the same name.
    private var tied: Set<Graph.Edge> = []

    /// - Parameters:
    ///   - most: of the entities.
    ///   - mostOfEach: of the relations of one type on one entity. A few boxes may stand for all that a group owns.
    init(_ query: GraphQuery, _ catalog: AuthorizedCatalog, most: Int? = nil, mostOfEach: Int? = nil) {
        self.query = query
        self.catalog = catalog
        self.mostOfEach = mostOfEach ?? (query.collapses ? Self.mostWalked : Self.mostEdges)
        walk(most: most ?? (query.collapses ? Self.mostWalked : Self.mostDrawn))
    }

    private mutating func walk(most: Int) {
        for root in query.roots { add(root.description, depth: 0) }
        let kinds = Set(query.kinds)
        let types = query.relations.isEmpty ? nil : Set(query.relations)
        var level = 0..<places.count
        while !level.isEmpty, edges.count < Self.mostTies {
            let isLast = query.depth.map { places[level.lowerBound].depth >= $0 } ?? false
            if isLast, query.isOneWay { break }
            // Groups own much that has nothing to do with one another: what a drawing has no room for is theirs.
            let order = level.filter { !isPeople(places[$0]) } + level.filter { isPeople(places[$0]) }
            for number in order { follow(places[number], kinds, types, most: isLast ? 0 : most) }
            level = level.upperBound..<places.count
        }
    }

    private func isPeople(_ place: Place) -> Bool { ["group", "user"].contains(Self.kind(place.reference)) }

    /// - Parameter most: of the entities; zero where ties to what was found already are all that is wanted.
    private mutating func follow(_ place: Place, _ kinds: Set<String>, _ types: Set<String>?, most: Int) {
        // What may not be seen leads nowhere.
        guard place.slot != nil, edges.count < Self.mostTies else { return }
        var counts: [String: Int] = [:]
        for edge in catalog.index.graph.edges(of: place.reference, types: types, most: mostOfEach + 1) {
            if !kinds.isEmpty, !kinds.contains(Self.kind(edge.target)) { continue }
            let isKnown = known.contains(edge.target)
            if !isKnown, most == 0 { continue }
            counts[edge.type, default: 0] += 1
            if counts[edge.type, default: 0] > mostOfEach || !isKnown && places.count >= most {
                isCut = true
                continue
            }
            if !query.isOneWay || !isKnown { tie(place.reference, edge) }
            if !isKnown {
                ways.insert(edges.count - 1)
                add(edge.target, depth: place.depth + 1)
            }
        }
    }

    /// A tie has one name from either end; where both stand on one line it is one.
    private mutating func tie(_ reference: String, _ edge: RelationGraph.Edge) {
        let pair = query.mergesPairs ? RelationPair.of(edge.type) : nil
        let one =
            pair?.inverse == edge.type
            ? Graph.Edge(from: edge.target, to: reference, labels: [pair?.type ?? edge.type])
            : Graph.Edge(from: reference, to: edge.target, labels: [edge.type])
        if tied.insert(one).inserted { edges.append((reference, edge.target, edge.type)) }
    }

    private mutating func add(_ reference: String, depth: Int) {
        guard known.insert(reference).inserted else { return }
        places.append(Place(reference: reference, slot: catalog.slot(reference: reference), depth: depth))
    }

    private static func kind(_ reference: String) -> String { String(reference.prefix { $0 != ":" }).lowercased() }

    /// There are ties that are not followed or not drawn.
    func hasMore(than mostDrawn: Int) -> Bool {
        query.collapses ? edges.count >= Self.mostTies : edges.count > mostDrawn
    }

    /// What was found, to be drawn.
    /// - Parameters:
    ///   - mostTies: that are drawn.
    ///   - labels: what a type of relation is called.
    func graph(mostTies: Int = mostDrawnTies, _ labels: (String) -> String) -> Graph {
        let roots = Set(query.roots.map(\.description))
        let nodes = places.map { place -> Graph.Node in
            let reference = try? EntityReference(parsing: place.reference)
            return Graph.Node(
                place.reference,
                label: place.slot.map(catalog.title) ?? reference.map(EntityLink.shortName) ?? place.reference,
                kind: reference?.kind ?? "", url: place.slot == nil ? nil : reference.map { EntityLink.url($0) },
                isRoot: roots.contains(place.reference), isMissing: place.slot == nil, detail: place.reference)
        }
        return Graph(nodes: nodes, edges: drawn(mostTies, labels))
    }

    /// All where there are not too many, else the ways to what was found and the first of the others.
    private func kept(_ most: Int) -> [(from: String, to: String, type: String)] {
        if edges.count <= most { return edges }
        var left = most - ways.count
        return edges.enumerated().filter { number, _ in
            if ways.contains(number) { return true }
            left -= 1
            return left >= 0
        }.prefix(most).map(\.element)
    }

    /// Both names of a tie as one line where that is wished: upstream's way of merging.
    private func drawn(_ most: Int, _ labels: (String) -> String) -> [Graph.Edge] {
        kept(query.collapses ? Self.mostTies : most).map { edge in
            guard query.mergesPairs, let pair = RelationPair.of(edge.type) else {
                return Graph.Edge(from: edge.from, to: edge.to, labels: [labels(edge.type)])
            }
            let isInverse = pair.inverse == edge.type
            let (from, to) = isInverse ? (edge.to, edge.from) : (edge.from, edge.to)
            return Graph.Edge(
                from: from, to: to, labels: [labels(pair.type)], reverseLabels: [labels(pair.inverse)])
        }
    }
}
