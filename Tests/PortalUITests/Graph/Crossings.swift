@testable import PortalUI

/// Counts where the lines of a drawing cross, from the lines as they are drawn: curves as polygons, each two pieces
/// that cut one another counted once. Where two edges meet at a box of both, they may touch beside it.
struct Crossings {
    typealias Point = GraphLayout.Point

    /// An edge with its line.
    struct Line {
        let ends: Set<Int>
        let points: [Point]
    }

    private struct Segment {
        let line: Int
        let from: Point
        let to: Point
        var left: Double { min(from.x, to.x) }
        var right: Double { max(from.x, to.x) }
    }

    /// Around a box that two edges share.
    private static let margin = 24.0
    private static let stepsOfCurve = 8

    static func count(_ lines: [Line], boxes: [GraphLayout.Box]) -> Int {
        let segments = lines.indices.flatMap { line in
            zip(lines[line].points, lines[line].points.dropFirst()).map { Segment(line: line, from: $0, to: $1) }
        }.sorted { $0.left < $1.left }
        var count = 0
        for (index, one) in segments.enumerated() {
            for other in segments[(index + 1)...] {
                if other.left > one.right { break }
                guard one.line != other.line, let point = crossing(one, other) else { continue }
                let shared = lines[one.line].ends.intersection(lines[other.line].ends)
                if !shared.contains(where: { isNear(point, boxes[$0]) }) { count += 1 }
            }
        }
        return count
    }

    private static func isNear(_ point: Point, _ box: GraphLayout.Box) -> Bool {
        abs(point.x - box.center.x) < box.width / 2 + margin && abs(point.y - box.center.y) < box.height / 2 + margin
    }

    private static func crossing(_ one: Segment, _ other: Segment) -> Point? {
        if max(one.from.y, one.to.y) < min(other.from.y, other.to.y) { return nil }
        if max(other.from.y, other.to.y) < min(one.from.y, one.to.y) { return nil }
        func side(_ line: Segment, _ point: Point) -> Double {
            (line.to.x - line.from.x) * (point.y - line.from.y) - (line.to.y - line.from.y) * (point.x - line.from.x)
        }
        let (first, second) = (side(other, one.from), side(other, one.to))
        guard first * second < 0, side(one, other.from) * side(one, other.to) < 0 else { return nil }
        let share = first / (first - second)
        return Point(
            one.from.x + (one.to.x - one.from.x) * share, one.from.y + (one.to.y - one.from.y) * share)
    }

    /// A line as a polygon.
    static func points(_ start: Point, _ pieces: [GraphLayout.Piece]) -> [Point] {
        var points = [start]
        var from = start
        for piece in pieces {
            switch piece {
            case .line: points.append(piece.end)
            case .curve:
                for step in 1...stepsOfCurve {
                    points.append(piece.point(at: Double(step) / Double(stepsOfCurve), from: from))
                }
            }
            from = piece.end
        }
        return points
    }
}
