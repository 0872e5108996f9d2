public import PortalKit

/// Things and how they are tied to one another, to be drawn by `GraphView`, listed by `GraphList` or downloaded as a
/// `GraphFile`.
public struct Graph: Sendable, Hashable {
    /// One thing.
    public struct Node: Sendable, Hashable {
        /// What edges name it by, unique in the graph.
        public let id: String
        /// What stands in its box.
        public let label: String
        /// Gives shape and colour of its sign; a kind that has none gets the common one.
        public let kind: String
        /// Its page; nil for one that has none.
        public let url: SafeURL?
        /// The one that the graph is about.
        public let isRoot: Bool
        /// Something points at it, but it does not exist.
        public let isMissing: Bool
        /// What is said of it where there is room: the reference, a description.
        public let detail: String

        public init(
            _ id: String, label: String, kind: String, url: SafeURL? = nil, isRoot: Bool = false,
            isMissing: Bool = false, detail: String = ""
        ) {
            self.id = id
            self.label = label
            self.kind = kind
            self.url = url
            self.isRoot = isRoot
            self.isMissing = isMissing
            self.detail = detail
        }
    }

    /// A tie from one thing to another.
    public struct Edge: Sendable, Hashable {
        public let from: String
        public let to: String
        /// What it is called from `from` to `to`, such as `ownerOf`.
        public let labels: [String]
        /// What it is called the other way round, such as `ownedBy`, where both ways were merged into one edge.
        public let reverseLabels: [String]

        public init(from: String, to: String, labels: [String] = [], reverseLabels: [String] = []) {
            self.from = from
            self.to = to
            self.labels = labels
            self.reverseLabels = reverseLabels
        }

        /// What stands beside its line. The arrow says which way it is meant, so the other names would say it twice.
        public var text: String { (labels.isEmpty ? reverseLabels : labels).joined(separator: ", ") }
    }

    public let nodes: [Node]
    public let edges: [Edge]

    /// - Parameters:
    ///   - nodes: of several with the same id the first is kept.
    ///   - edges: those that name a node which is not there are left out.
    public init(nodes: [Node], edges: [Edge]) {
        var ids: Set<String> = []
        self.nodes = nodes.filter { ids.insert($0.id).inserted }
        self.edges = edges.filter { ids.contains($0.from) && ids.contains($0.to) }
    }

    /// The same graph with one edge at most between two nodes: what runs beside the first edge adds its labels, what
    /// runs against it its reverse labels.
    public var mergingPairs: Graph {
        var places: [Pair: Int] = [:]
        var merged: [Edge] = []
        for edge in edges {
            if let place = places[Pair(edge.from, edge.to)] {
                merged[place] = Self.join(merged[place], with: edge)
            } else {
                places[Pair(edge.from, edge.to)] = merged.count
                places[Pair(edge.to, edge.from)] = merged.count
                merged.append(edge)
            }
        }
        return Graph(nodes: nodes, edges: merged)
    }

    /// The place of each node by its id.
    var places: [String: Int] {
        Dictionary(nodes.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    }

    private struct Pair: Hashable {
        let from: String
        let to: String

        init(_ from: String, _ to: String) {
            self.from = from
            self.to = to
        }
    }

    private static func join(_ edge: Edge, with other: Edge) -> Edge {
        let isAlong = edge.from == other.from
        return Edge(
            from: edge.from, to: edge.to,
            labels: union(edge.labels, isAlong ? other.labels : other.reverseLabels),
            reverseLabels: union(edge.reverseLabels, isAlong ? other.reverseLabels : other.labels))
    }

    private static func union(_ some: [String], _ more: [String]) -> [String] {
        some + more.filter { !some.contains($0) }
    }
}
