/// Finds places for the texts of lines that have none yet: on the line, clear of boxes and of other texts where that
/// can be.
struct LabelPlacing {
    /// Rectangles by the squares of the page that they touch.
    private var squares: [Square: [GraphLayout.Box]] = [:]

    private struct Square: Hashable {
        let column: Int
        let row: Int
    }

    private static let side = 96.0
    /// More in one square cannot be read anyway, and would make each further text cost more.
    private static let mostInSquare = 48
    /// Where on a line a text may stand, best first.
    private static let places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8]

    /// Keeps texts away from a rectangle.
    mutating func block(_ box: GraphLayout.Box) {
        for square in touched(by: box) where squares[square, default: []].count < Self.mostInSquare {
            squares[square, default: []].append(box)
        }
    }

    mutating func place(_ paths: inout [GraphLayout.Path], edges: [GraphLayout.Edge]) {
        for path in paths {
            if let label = path.label { block(label) }
            if let tip = path.tipBox { block(tip) }
        }
        for index in paths.indices where paths[index].label == nil {
            guard let size = edges[paths[index].edge].label else { continue }
            let label = best(paths[index], size)
            block(label)
            paths[index].label = label
        }
    }

    private func best(_ path: GraphLayout.Path, _ size: GraphLayout.Size) -> GraphLayout.Box {
        var best = GraphLayout.Box(x: path.start.x, y: path.start.y, width: size.width, height: size.height)
        var least = Double.infinity
        for place in Self.places where least > 0 {
            let point = path.point(at: place)
            let box = GraphLayout.Box(
                x: point.x - size.width / 2, y: point.y - size.height / 2, width: size.width, height: size.height)
            let covered = covered(box)
            if covered < least {
                least = covered
                best = box
            }
        }
        return best
    }

    /// How much of a rectangle lies upon others.
    private func covered(_ box: GraphLayout.Box) -> Double {
        var area = 0.0
        for square in touched(by: box) {
            for other in squares[square] ?? [] {
                let width = min(box.x + box.width, other.x + other.width) - max(box.x, other.x)
                let height = min(box.y + box.height, other.y + other.height) - max(box.y, other.y)
                if width > 0, height > 0 { area += width * height }
            }
        }
        return area
    }

    /// A few squares at least; of what is larger than a page only the beginning.
    private func touched(by box: GraphLayout.Box) -> [Square] {
        func range(_ start: Double, _ length: Double) -> ClosedRange<Int> {
            let first = Int(max(-1e12, min(1e12, (start / Self.side).rounded(.down))))
            let count = Int(max(0, min(32, (start + length) / Self.side - Double(first))))
            return first...first + count
        }
        let rows = range(box.y, box.height)
        return range(box.x, box.width).flatMap { column in rows.map { Square(column: column, row: $0) } }
    }
}

extension GraphLayout.Path {
    /// The room of the arrow head.
    fileprivate var tipBox: GraphLayout.Box? {
        guard let left = tip.map(\.x).min(), let right = tip.map(\.x).max(), let top = tip.map(\.y).min(),
            let bottom = tip.map(\.y).max()
        else { return nil }
        return GraphLayout.Box(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// A point on the line's longest piece, by the curve's own measure from zero to one.
    fileprivate func point(at place: Double) -> GraphLayout.Point {
        var from = start
        var longest = -1.0
        var result = start
        for piece in pieces {
            let length = abs(piece.end.x - from.x) + abs(piece.end.y - from.y)
            if length > longest {
                longest = length
                result = piece.point(at: place, from: from)
            }
            from = piece.end
        }
        return result
    }
}

extension GraphLayout.Piece {
    /// A point by the curve's own measure from zero to one.
    func point(at place: Double, from start: GraphLayout.Point) -> GraphLayout.Point {
        func mix(_ one: GraphLayout.Point, _ other: GraphLayout.Point) -> GraphLayout.Point {
            GraphLayout.Point(one.x + (other.x - one.x) * place, one.y + (other.y - one.y) * place)
        }
        switch self {
        case .line(let end): return mix(start, end)
        case .curve(let first, let second, let end):
            let (left, middle, right) = (mix(start, first), mix(first, second), mix(second, end))
            return mix(mix(left, middle), mix(middle, right))
        }
    }
}
