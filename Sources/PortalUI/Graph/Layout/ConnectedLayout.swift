/// The drawing of one connected part of a graph, with its upper left corner at zero.
///
/// It is made as if ranks ran to the right: `u` runs along the edges, `v` along the ranks. The way that was asked for
/// is a matter of turning it at the end.
struct ConnectedLayout {
    /// The places of the part's nodes in the whole graph.
    let nodes: [Int]
    private(set) var boxes: [GraphLayout.Box] = []
    private(set) var paths: [GraphLayout.Path] = []
    private(set) var size = GraphLayout.Size(0, 0)

    /// The parts of a graph, in the order of their first nodes.
    static func parts(
        _ sizes: [GraphLayout.Size], _ edges: [GraphLayout.Edge], _ direction: GraphLayout.Direction,
        _ spacing: GraphLayout.Spacing
    ) -> [ConnectedLayout] {
        let valid = edges.indices.filter {
            sizes.indices.contains(edges[$0].from) && sizes.indices.contains(edges[$0].to)
        }
        let part = numbers(of: sizes.count, valid.map { (edges[$0].from, edges[$0].to) })
        let count = (part.max() ?? -1) + 1
        var members: [[Int]] = Array(repeating: [], count: count)
        var ties: [[Int]] = Array(repeating: [], count: count)
        for node in sizes.indices { members[part[node]].append(node) }
        for edge in valid { ties[part[edges[edge].from]].append(edge) }
        var local = Array(repeating: 0, count: sizes.count)
        return (0..<count).map { number in
            for (index, node) in members[number].enumerated() { local[node] = index }
            let tied = ties[number].map { edge in
                Tie(edge: edge, from: local[edges[edge].from], to: local[edges[edge].to], label: edges[edge].label)
            }
            return ConnectedLayout(members[number], members[number].map { sizes[$0] }, tied, direction, spacing)
        }
    }

    /// An edge within the part.
    struct Tie {
        let edge: Int
        let from: Int
        let to: Int
        let label: GraphLayout.Size?
    }

    /// The part that each node belongs to.
    private static func numbers(of count: Int, _ pairs: [(Int, Int)]) -> [Int] {
        let both = Adjacency(count, pairs + pairs.map { ($0.1, $0.0) })
        var number = Array(repeating: -1, count: count)
        var parts = 0
        for start in 0..<count where number[start] < 0 {
            number[start] = parts
            var waiting = [start]
            while let node = waiting.popLast() {
                for other in both[node] where number[other] < 0 {
                    number[other] = parts
                    waiting.append(other)
                }
            }
            parts += 1
        }
        return number
    }

    private init(
        _ nodes: [Int], _ sizes: [GraphLayout.Size], _ ties: [Tie], _ direction: GraphLayout.Direction,
        _ spacing: GraphLayout.Spacing
    ) {
        self.nodes = nodes
        let turn = Turn(direction)
        let loops = Loops(ties.filter { $0.from == $0.to }, turn)
        let between = ties.filter { $0.from != $0.to }
        let (arcs, isReversed, ranks) = Self.ranked(between, count: nodes.count)
        let layers = Ordering.ordered(Layers(nodes.count, arcs, ranks: ranks))
        var grid = RankGrid(layers, sizes: sizes.map(turn.flat), isEven: direction.isHorizontal, loops)
        grid.makeRoom(for: zip(between, layers.chains).map { (turn.flat($0.label), $1) })
        grid.place(layers, spacing)
        let routing = Routing(layers, grid)
        let offsets = Self.offsets(between)
        var paths = between.indices.map { index in
            routing.path(
                between[index], chain: layers.chains[index], isReversed: isReversed[index],
                offset: offsets[index], labelSize: turn.flat(between[index].label))
        }
        paths += loops.paths(grid)
        finish(grid.boxes, paths, turn)
    }

    /// The edges as arcs without cycles, which of them were turned round for that, and the ranks: of two ways to break
    /// the cycles the one with the shorter lines.
    private static func ranked(_ ties: [Tie], count: Int) -> (arcs: [Arc], isReversed: [Bool], ranks: [Int]) {
        let arcs = ties.map { Arc(tail: $0.from, head: $0.to) }
        let ways = [DepthBreaking.reversed(count, arcs), CycleBreaking.reversed(count, arcs)]
        let results = (ways[0] == ways[1] ? [ways[0]] : ways).map { isReversed in
            let acyclic = zip(arcs, isReversed).map { $1 ? $0.reversed : $0 }
            let ranks = Ranking.ranks(count, acyclic)
            let length = acyclic.reduce(0) { $0 + ranks[$1.head] - ranks[$1.tail] }
            return (arcs: acyclic, isReversed: isReversed, ranks: ranks, length: length)
        }
        let best = results.dropFirst().reduce(results[0]) { $1.length < $0.length ? $1 : $0 }
        return (best.arcs, best.isReversed, best.ranks)
    }

    /// How far the lines of edges between the same two nodes stand to the side, in shares from -0.5 to 0.5.
    private static func offsets(_ ties: [Tie]) -> [Double] {
        var groups: [Arc: [Int]] = [:]
        for (index, tie) in ties.enumerated() {
            groups[Arc(tail: min(tie.from, tie.to), head: max(tie.from, tie.to)), default: []].append(index)
        }
        var offsets = Array(repeating: 0.0, count: ties.count)
        for group in groups.values where group.count > 1 {
            for (number, index) in group.enumerated() {
                offsets[index] = Double(number) / Double(group.count - 1) - 0.5
            }
        }
        return offsets
    }

    /// Turns the drawing and moves it to the corner.
    private mutating func finish(_ flat: [GraphLayout.Box], _ lines: [GraphLayout.Path], _ turn: Turn) {
        let turned = flat.map(turn.real)
        let paths = lines.map { line in
            var path = line.mapped(turn.real)
            path.label = line.label.map(turn.real)
            return path
        }
        var bounds = Bounds()
        for box in turned + paths.compactMap(\.label) { bounds.take(box) }
        for path in paths {
            bounds.take(path.start)
            for piece in path.pieces {
                bounds.take(piece.end)
                if case .curve(let first, let second, _) = piece {
                    bounds.take(first)
                    bounds.take(second)
                }
            }
        }
        let shift = GraphLayout.Point(-bounds.least.x, -bounds.least.y)
        boxes = turned.map { $0.moved(shift) }
        self.paths = paths.map { $0.moved(shift) }
        size = GraphLayout.Size(bounds.most.x - bounds.least.x, bounds.most.y - bounds.least.y)
    }
}

/// The rectangle that holds all of a drawing.
private struct Bounds {
    var least = GraphLayout.Point(.infinity, .infinity)
    var most = GraphLayout.Point(-.infinity, -.infinity)

    mutating func take(_ point: GraphLayout.Point) {
        least = GraphLayout.Point(min(least.x, point.x), min(least.y, point.y))
        most = GraphLayout.Point(max(most.x, point.x), max(most.y, point.y))
    }

    mutating func take(_ box: GraphLayout.Box) {
        take(GraphLayout.Point(box.x, box.y))
        take(GraphLayout.Point(box.x + box.width, box.y + box.height))
    }
}

/// From the way that was asked for to ranks that run to the right, and back.
struct Turn {
    private let direction: GraphLayout.Direction

    init(_ direction: GraphLayout.Direction) { self.direction = direction }

    func flat(_ size: GraphLayout.Size) -> GraphLayout.Size {
        direction.isHorizontal ? size : GraphLayout.Size(size.height, size.width)
    }

    func flat(_ size: GraphLayout.Size?) -> GraphLayout.Size? { size.map { flat($0) } }

    func real(_ point: GraphLayout.Point) -> GraphLayout.Point {
        switch direction {
        case .leftToRight: point
        case .rightToLeft: GraphLayout.Point(-point.x, point.y)
        case .topToBottom: GraphLayout.Point(point.y, point.x)
        case .bottomToTop: GraphLayout.Point(point.y, -point.x)
        }
    }

    func real(_ box: GraphLayout.Box) -> GraphLayout.Box {
        let one = real(GraphLayout.Point(box.x, box.y))
        let other = real(GraphLayout.Point(box.x + box.width, box.y + box.height))
        return GraphLayout.Box(
            x: min(one.x, other.x), y: min(one.y, other.y), width: abs(one.x - other.x), height: abs(one.y - other.y))
    }
}
