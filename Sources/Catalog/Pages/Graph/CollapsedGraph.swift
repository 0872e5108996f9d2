import EntityModel
import PortalKit
import PortalUI

/// A graph in which what belongs to a system stands as one box for it, so that large ones can be read.
struct CollapsedGraph {
    let graph: Graph

    /// - Parameters:
    ///   - system: the system that a node is a part of, by the node's id; nil for what has none.
    ///   - counted: what is said of how much stands in one box.
    init(_ graph: Graph, system: (String) -> Graph.Node?, counted: (Int) -> String) {
        var boxOf: [String: String] = [:]
        var boxes: [String: Graph.Node] = [:]
        var counts: [String: Int] = [:]
        for node in graph.nodes where !node.isRoot {
            guard let box = system(node.id), box.id != node.id else { continue }
            boxOf[node.id] = box.id
            boxes[box.id] = box
            counts[box.id, default: 0] += 1
        }
        // A root keeps its own box, and so does the system that a root is in: they are what somebody asked for.
        var nodes: [Graph.Node] = []
        var placed: Set<String> = []
        for node in graph.nodes {
            let box = boxOf[node.id].flatMap { boxes[$0] }
            let shown = box ?? node
            guard placed.insert(shown.id).inserted else { continue }
            let count = counts[shown.id] ?? 0
            nodes.append(count == 0 ? shown : Self.labelled(shown, counted(count), node.isRoot))
        }
        var seen: Set<Graph.Edge> = []
        let edges = graph.edges.compactMap { edge -> Graph.Edge? in
            let (from, to) = (boxOf[edge.from] ?? edge.from, boxOf[edge.to] ?? edge.to)
            let moved = Graph.Edge(from: from, to: to, labels: edge.labels, reverseLabels: edge.reverseLabels)
            return from != to && seen.insert(moved).inserted ? moved : nil
        }
        self.graph = Graph(nodes: nodes, edges: edges)
    }

    private static func labelled(_ node: Graph.Node, _ count: String, _ isRoot: Bool) -> Graph.Node {
        Graph.Node(
            node.id, label: "\(node.label) · \(count)", kind: node.kind, url: node.url, isRoot: node.isRoot || isRoot,
            isMissing: node.isMissing, detail: node.detail)
    }
}

extension GraphWalk {
    /// The first system that an entity is a part of.
    static func system(of reference: String, _ catalog: AuthorizedCatalog) -> Graph.Node? {
        // What may not be seen leads nowhere.
        guard catalog.slot(reference: reference) != nil else { return nil }
        let parts = catalog.index.graph.edges(of: reference, types: ["partOf"], most: mostParts)
        guard let edge = parts.first(where: { $0.target.hasPrefix("system:") }),
            let system = try? EntityReference(parsing: edge.target)
        else { return nil }
        let slot = catalog.slot(reference: edge.target)
        return Graph.Node(
            edge.target,
            label: slot.map(catalog.title) ?? EntityLink.shortName(system),
            kind: "System", url: slot == nil ? nil : EntityLink.url(system), isMissing: slot == nil,
            detail: edge.target)
    }

    private static let mostParts = 20
}
