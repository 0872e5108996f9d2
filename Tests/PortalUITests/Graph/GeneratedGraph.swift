@testable import PortalUI

/// Graphs out of a number, the same ones each time.
struct GeneratedGraph {
    let sizes: [GraphLayout.Size]
    let edges: [GraphLayout.Edge]

    init(_ sizes: [GraphLayout.Size], _ edges: [(Int, Int)]) {
        self.sizes = sizes
        self.edges = edges.map { GraphLayout.Edge(from: $0.0, to: $0.1) }
    }

    init(count: Int, edges: [(Int, Int)]) {
        self.init(Array(repeating: GraphLayout.Size(120, 36), count: count), edges)
    }

    /// A connected graph without parallel edges or loops; one edge of ten runs against the others.
    static func connected(_ seed: UInt64, nodes: Int, edges count: Int) -> GeneratedGraph {
        var numbers = Numbers(seed)
        var edges: [(Int, Int)] = []
        var seen: Set<[Int]> = []
        for node in 1..<nodes {
            let other = numbers.below(node)
            seen.insert([other, node])
            edges.append((other, node))
        }
        while edges.count < count {
            let (one, other) = (numbers.below(nodes), numbers.below(nodes))
            let isAgainst = numbers.below(10) == 0
            let edge = isAgainst ? (max(one, other), min(one, other)) : (min(one, other), max(one, other))
            if one == other || !seen.insert([edge.0, edge.1]).inserted { continue }
            edges.append(edge)
        }
        let sizes = (0..<nodes).map { _ in GraphLayout.Size(Double(96 + 8 * numbers.below(16)), 36) }
        return GeneratedGraph(sizes, edges)
    }

    /// Anything at all: loops, parallel edges, parts that are not connected, texts, boxes of many sizes.
    static func wild(_ seed: UInt64) -> GeneratedGraph {
        var numbers = Numbers(seed)
        let nodes = 1 + numbers.below(40)
        let sizes = (0..<nodes).map { _ in
            GraphLayout.Size(Double(40 + numbers.below(200)), Double(20 + numbers.below(40)))
        }
        let edges = (0..<numbers.below(nodes * 2)).map { _ in
            GraphLayout.Edge(
                from: numbers.below(nodes), to: numbers.below(nodes),
                label: numbers.below(2) == 0 ? GraphLayout.Size(Double(20 + numbers.below(100)), 15) : nil)
        }
        return GeneratedGraph(sizes: sizes, edges: edges)
    }

    private init(sizes: [GraphLayout.Size], edges: [GraphLayout.Edge]) {
        self.sizes = sizes
        self.edges = edges
    }

    func layout(_ direction: GraphLayout.Direction = .leftToRight) -> GraphLayout {
        GraphLayout(sizes, edges: edges, direction: direction)
    }
}

/// Numbers that look random and are not.
private struct Numbers {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<5 { _ = below(2) }
    }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return limit < 1 ? 0 : Int(state % UInt64(limit))
    }
}
