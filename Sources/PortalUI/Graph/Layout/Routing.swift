/// The lines between boxes: cubic curves between the ranks, straight within them.
struct Routing {
    private let layers: Layers
    private let grid: RankGrid

    /// The arrow head.
    static let tipLength = 7.0
    static let tipWidth = 7.0
    /// How far lines between the same two boxes may be apart.
    private static let spread = 14.0

    init(_ layers: Layers, _ grid: RankGrid) {
        self.layers = layers
        self.grid = grid
    }

    /// - Parameters:
    ///   - chain: the nodes and bends that the line goes through, by rank.
    ///   - isReversed: the arrow points at the first of them.
    ///   - offset: how far it stands to the side, from -0.5 to 0.5.
    func path(
        _ tie: ConnectedLayout.Tie, chain: [Int], isReversed: Bool, offset: Double, labelSize: GraphLayout.Size?
    ) -> GraphLayout.Path {
        let tail = grid.boxes[chain[0]]
        let head = grid.boxes[chain[chain.count - 1]]
        // A line with bends has a way of its own; only the others would lie upon one another.
        let side = chain.count > 2 ? 0 : offset * min(tail.height - 10, head.height - 10, 4 * Self.spread)
        let start = GraphLayout.Point(tail.x + tail.width + (isReversed ? Self.tipLength : 0), tail.center.y + side)
        let end = GraphLayout.Point(head.x - (isReversed ? 0 : Self.tipLength), head.center.y + side)
        var pen = Pen(at: start)
        pen.line(to: GraphLayout.Point(max(start.x, grid.ends[layers.rank[chain[0]]]), start.y))
        for bend in chain.dropFirst().dropLast() {
            let middle = grid.middles[bend]
            pen.curve(to: GraphLayout.Point(grid.starts[layers.rank[bend]], middle))
            pen.line(to: GraphLayout.Point(grid.ends[layers.rank[bend]], middle))
        }
        pen.curve(to: GraphLayout.Point(min(end.x, grid.starts[layers.rank[chain[chain.count - 1]]]), end.y))
        pen.line(to: end)
        let point = isReversed ? tail.x + tail.width : head.x
        let tip = Self.tip(at: GraphLayout.Point(point, (isReversed ? start : end).y), isReversed: isReversed)
        let path = GraphLayout.Path(
            edge: tie.edge, start: start, pieces: pen.pieces, tip: tip, label: label(labelSize, chain))
        return isReversed ? path.reversed : path
    }

    private static func tip(at point: GraphLayout.Point, isReversed: Bool) -> [GraphLayout.Point] {
        let back = point.x + (isReversed ? tipLength : -tipLength)
        return [
            point, GraphLayout.Point(back, point.y - tipWidth / 2), GraphLayout.Point(back, point.y + tipWidth / 2),
        ]
    }

    /// The place that was kept for a text; lines without bends get theirs later.
    private func label(_ size: GraphLayout.Size?, _ chain: [Int]) -> GraphLayout.Box? {
        guard let size, let bend = chain.dropFirst().first(where: grid.labelBends.contains) else { return nil }
        let middle = (grid.starts[layers.rank[bend]] + grid.ends[layers.rank[bend]]) / 2
        return GraphLayout.Box(
            x: middle - size.width / 2, y: grid.middles[bend] - size.height / 2, width: size.width, height: size.height)
    }
}

/// Draws from where it is.
private struct Pen {
    private(set) var pieces: [GraphLayout.Piece] = []
    private var point: GraphLayout.Point

    init(at point: GraphLayout.Point) { self.point = point }

    mutating func line(to end: GraphLayout.Point) {
        guard end != point else { return }
        pieces.append(.line(end))
        point = end
    }

    /// Leaves and arrives along the way of the ranks.
    mutating func curve(to end: GraphLayout.Point) {
        if abs(end.y - point.y) < 0.05 { return line(to: end) }
        let middle = (point.x + end.x) / 2
        pieces.append(.curve(GraphLayout.Point(middle, point.y), GraphLayout.Point(middle, end.y), end))
        point = end
    }
}

extension GraphLayout.Path {
    /// The same line from its end to its start.
    fileprivate var reversed: GraphLayout.Path {
        var path = self
        path.start = pieces.last?.end ?? start
        path.pieces = []
        for index in pieces.indices.reversed() {
            let end = index > 0 ? pieces[index - 1].end : start
            switch pieces[index] {
            case .line: path.pieces.append(.line(end))
            case .curve(let first, let second, _): path.pieces.append(.curve(second, first, end))
            }
        }
        return path
    }
}

/// Edges from a node to itself: arches at the side of its box.
struct Loops {
    private var ties: [Int: [ConnectedLayout.Tie]] = [:]
    private let turn: Turn

    private static let rise = 16.0
    private static let step = 12.0
    private static let halfWidth = 9.0
    /// More than these lie upon one another.
    private static let mostApart = 6

    init(_ ties: [ConnectedLayout.Tie], _ turn: Turn) {
        self.turn = turn
        for tie in ties { self.ties[tie.from, default: []].append(tie) }
    }

    private func height(_ number: Int) -> Double { Self.rise + Self.step * Double(min(number, Self.mostApart)) }

    /// Where the text of each begins: behind the highest arch, one after another.
    private func labelStarts(_ loops: [ConnectedLayout.Tie]) -> [Double] {
        var next = height(loops.count - 1) + 2
        return loops.map { tie in
            defer { next += turn.flat(tie.label)?.height ?? 0 }
            return next
        }
    }

    /// What they take beside the box.
    func room(at node: Int) -> Double {
        guard let loops = ties[node], let last = loops.last else { return 0 }
        return (labelStarts(loops).last ?? 0) + (turn.flat(last.label)?.height ?? 0) + 2
    }

    func paths(_ grid: RankGrid) -> [GraphLayout.Path] {
        ties.keys.sorted().flatMap { node in
            let loops = ties[node] ?? []
            return zip(loops, labelStarts(loops)).enumerated().map { number, loop in
                path(loop.0, number: number, grid.boxes[node], labelStart: loop.1)
            }
        }
    }

    private func path(
        _ tie: ConnectedLayout.Tie, number: Int, _ box: GraphLayout.Box, labelStart: Double
    ) -> GraphLayout.Path {
        let rise = height(number)
        let half = min(Self.halfWidth + 4 * Double(min(number, Self.mostApart)), box.width / 2 - 2)
        let (left, right, side) = (box.center.x - half, box.center.x + half, box.y + box.height)
        let start = GraphLayout.Point(left, side)
        let point = GraphLayout.Point(right, side)
        let back = side + Routing.tipLength
        let end = GraphLayout.Point(right, back)
        // A cubic curve rises to three quarters of its control points.
        let top = side + (rise - Routing.tipLength / 8) * 4 / 3
        let curve = GraphLayout.Piece.curve(GraphLayout.Point(left, top), GraphLayout.Point(right, top), end)
        let corners = [-1.0, 1.0].map { GraphLayout.Point(right + $0 * Routing.tipWidth / 2, back) }
        let label = turn.flat(tie.label).map { size in
            GraphLayout.Box(
                x: box.center.x - size.width / 2, y: side + labelStart, width: size.width, height: size.height)
        }
        return GraphLayout.Path(edge: tie.edge, start: start, pieces: [curve], tip: [point] + corners, label: label)
    }
}
