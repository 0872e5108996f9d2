import Testing

@testable import PortalUI

/// What holds of every drawing.
@Suite struct GraphLayoutTests {
    @Test("boxes never overlap, and lines touch their boxes", arguments: GraphLayout.Direction.allCases)
    func wild(_ direction: GraphLayout.Direction) {
        for seed in 1...40 {
            let graph = GeneratedGraph.wild(UInt64(seed))
            let layout = graph.layout(direction)
            #expect(layout.boxes.count == graph.sizes.count)
            #expect(layout.paths.map(\.edge) == Array(graph.edges.indices))
            expectApart(layout.boxes)
            for path in layout.paths { expectTouches(path, graph.edges[path.edge], layout) }
            for (box, size) in zip(layout.boxes, graph.sizes) {
                #expect(box.width >= size.width && box.height == size.height)
            }
        }
    }

    private func expectApart(_ boxes: [GraphLayout.Box]) {
        for (index, box) in boxes.enumerated() {
            #expect(!boxes[..<index].contains { $0.overlaps(box) })
        }
    }

    private func expectTouches(_ path: GraphLayout.Path, _ edge: GraphLayout.Edge, _ layout: GraphLayout) {
        #expect(isOnEdge(path.start, layout.boxes[edge.from]))
        #expect(path.tip.count == 3)
        #expect(path.tip.first.map { isOnEdge($0, layout.boxes[edge.to]) } == true)
        #expect((path.label != nil) == (edge.label != nil))
        let points = Crossings.points(path.start, path.pieces)
        #expect(points.allSatisfy { $0.x >= 0 && $0.y >= 0 && $0.x <= layout.size.width && $0.y <= layout.size.height })
        // The line ends at the back of the arrow head.
        let back = GraphLayout.Point((path.tip[1].x + path.tip[2].x) / 2, (path.tip[1].y + path.tip[2].y) / 2)
        #expect(points.last.map { abs($0.x - back.x) + abs($0.y - back.y) < 0.01 } == true)
    }

    private func isOnEdge(_ point: GraphLayout.Point, _ box: GraphLayout.Box) -> Bool {
        let (dx, dy) = (abs(point.x - box.center.x) - box.width / 2, abs(point.y - box.center.y) - box.height / 2)
        return max(dx, dy) < 0.01 && max(dx, dy) > -0.01
    }

    @Test("edges without cycles run the way that was asked for", arguments: GraphLayout.Direction.allCases)
    func ranks(_ direction: GraphLayout.Direction) {
        for seed in 1...20 {
            let edges = GeneratedGraph.connected(UInt64(seed), nodes: 30, edges: 45).edges.map {
                (min($0.from, $0.to), max($0.from, $0.to))
            }
            let layout = GeneratedGraph(count: 30, edges: edges).layout(direction)
            for (from, to) in edges {
                let (one, other) = (layout.boxes[from], layout.boxes[to])
                switch direction {
                case .leftToRight: #expect(one.x + one.width < other.x)
                case .rightToLeft: #expect(other.x + other.width < one.x)
                case .topToBottom: #expect(one.y + one.height < other.y)
                case .bottomToTop: #expect(other.y + other.height < one.y)
                }
            }
        }
    }

    @Test("lines never run through boxes of others", arguments: GraphLayout.Direction.allCases)
    func clear(_ direction: GraphLayout.Direction) {
        for seed in 1...15 {
            let graph = GeneratedGraph.connected(UInt64(seed), nodes: 25, edges: 45)
            let layout = graph.layout(direction)
            for path in layout.paths {
                let points = Crossings.points(path.start, path.pieces)
                for (node, box) in layout.boxes.enumerated() {
                    let inside = points.contains {
                        abs($0.x - box.center.x) < box.width / 2 - 0.1
                            && abs($0.y - box.center.y) < box.height / 2 - 0.1
                    }
                    #expect(!inside, "edge \(graph.edges[path.edge]) through \(node)")
                }
            }
        }
    }

    @Test("the same graph gives the same drawing") func determined() {
        for seed in 1...10 {
            #expect(GeneratedGraph.wild(UInt64(seed)).layout() == GeneratedGraph.wild(UInt64(seed)).layout())
        }
    }

    @Test("nothing, and one box, are drawings as well") func small() {
        #expect(GraphLayout([], edges: []).size == GraphLayout.Size(24, 24))
        let one = GraphLayout([GraphLayout.Size(100, 36)], edges: [])
        #expect(one.boxes == [GraphLayout.Box(x: 12, y: 12, width: 100, height: 36)])
        #expect(one.size == GraphLayout.Size(124, 60))
        let loop = GeneratedGraph(count: 1, edges: [(0, 0)]).layout()
        #expect(loop.paths.count == 1 && loop.size.height > 60)
        #expect(GraphLayout([], edges: [GraphLayout.Edge(from: 0, to: 1)]).paths.isEmpty)
    }

    @Test("a chain is one line of boxes, however long") func chain() {
        let layout = GeneratedGraph(count: 2_000, edges: (1..<2_000).map { ($0 - 1, $0) }).layout()
        #expect(Set(layout.boxes.map(\.y)).count == 1)
        #expect(zip(layout.boxes, layout.boxes.dropFirst()).allSatisfy { $0.x + $0.width < $1.x })
        let ring = GeneratedGraph(count: 2_000, edges: (0..<2_000).map { ($0, ($0 + 1) % 2_000) }).layout()
        #expect(ring.paths.count == 2_000)
    }

    @Test("everything tied to everything is drawn, both ways") func complete() {
        let edges = (0..<20).flatMap { one in (0..<20).filter { $0 != one }.map { (one, $0) } }
        let layout = GeneratedGraph(count: 20, edges: edges).layout()
        #expect(layout.paths.count == 380)
        expectApart(layout.boxes)
        #expect(Set(layout.boxes.map(\.x)).count == 20)
    }

    @Test("a star is one rank beside its middle") func star() {
        let layout = GeneratedGraph(count: 1_001, edges: (1...1_000).map { (0, $0) }).layout()
        #expect(Set(layout.boxes.dropFirst().map(\.x)).count == 1)
        let ends = layout.boxes.dropFirst().map(\.center.y)
        let middle = ((ends.min() ?? 0) + (ends.max() ?? 0)) / 2
        #expect(abs(layout.boxes[0].center.y - middle) < 60)
        let sorted = ends.sorted()
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 36 })
    }

    @Test("more bends than can be followed are not made") func bends() {
        let count = 300
        let edges = (0..<count).flatMap { one in (one + 1..<count).map { Arc(tail: one, head: $0) } }
        let layers = Layers(count, edges, ranks: Array(0..<count))
        #expect(layers.count <= count + Layers.mostBends)
        #expect(layers.chains.count == edges.count)
    }

    @Test("edges between the same boxes do not lie upon one another") func parallel() {
        let layout = GeneratedGraph(count: 2, edges: [(0, 1), (0, 1), (1, 0)]).layout()
        #expect(Set(layout.paths.map(\.tip)).count == 3)
        #expect(Set(layout.paths.map(\.start.y)).count == 3)
    }

    @Test("texts of lines stand apart from boxes and from one another") func texts() {
        let label = GraphLayout.Size(80, 15)
        let edges =
            (1...8).map { GraphLayout.Edge(from: 0, to: $0, label: label) }
            + [GraphLayout.Edge(from: 1, to: 9, label: label), GraphLayout.Edge(from: 0, to: 9, label: label)]
        for direction in GraphLayout.Direction.allCases {
            let layout = GraphLayout(
                Array(repeating: GraphLayout.Size(120, 36), count: 10), edges: edges, direction: direction)
            let labels = layout.paths.compactMap(\.label)
            #expect(labels.count == edges.count)
            expectApart(labels + layout.boxes)
        }
    }

    @Test("ranks are as short as they can be") func shortest() {
        // 3 hangs on 2 alone, so it belongs right before it and not at the beginning.
        let arcs = [(0, 1), (1, 2), (3, 2), (0, 4), (4, 5), (3, 5)].map { Arc(tail: $0.0, head: $0.1) }
        #expect(Ranking.ranks(6, arcs) == [0, 1, 2, 1, 1, 2])
    }

    @Test("few edges are turned round to break cycles") func cycles() {
        let ring = (0..<10).map { Arc(tail: $0, head: ($0 + 1) % 10) }
        #expect(CycleBreaking.reversed(10, ring).filter { $0 }.count == 1)
        #expect(DepthBreaking.reversed(10, ring).filter { $0 }.count == 1)
        let straight = (0..<9).map { Arc(tail: $0, head: $0 + 1) }
        #expect(!CycleBreaking.reversed(10, straight).contains(true))
    }
}
