/// Where the boxes and lines of a graph go: boxes in ranks, so that lines run one way as far as they can, with few
/// crossings.
///
/// Layered as Sugiyama has it: cycles are broken, ranks given by network simplex, nodes ordered by medians and exchanges,
/// placed after Brandes and Köpf, lines drawn as cubic curves. A pure function: the same graph gives the same drawing.
///
/// It answers in bounded time whatever it is given. Every part is linear in nodes, edges and bends, or counts its steps
/// and ends with the best it has; bends are limited by `Layers.mostBends`. Nothing recurses.
public struct GraphLayout: Sendable, Hashable {
    /// Which way lines run, as Backstage's addresses name it.
    public enum Direction: String, Sendable, CaseIterable {
        case leftToRight = "LR"
        case rightToLeft = "RL"
        case topToBottom = "TB"
        case bottomToTop = "BT"

        /// True where ranks are columns.
        public var isHorizontal: Bool { self == .leftToRight || self == .rightToLeft }
    }

    public struct Size: Sendable, Hashable {
        public var width: Double
        public var height: Double

        public init(_ width: Double, _ height: Double) {
            self.width = width
            self.height = height
        }
    }

    public struct Point: Sendable, Hashable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A rectangle by its upper left corner.
    public struct Box: Sendable, Hashable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double

        public init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        /// True where both share more than an edge.
        public func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
        }
    }

    /// An edge between two boxes, named by their places.
    public struct Edge: Sendable, Hashable {
        public let from: Int
        public let to: Int
        /// The room that its text takes.
        public let label: Size?

        public init(from: Int, to: Int, label: Size? = nil) {
            self.from = from
            self.to = to
            self.label = label
        }
    }

    /// A piece of a line, from where the one before it ended.
    public enum Piece: Sendable, Hashable {
        case line(Point)
        /// A cubic curve with its two control points.
        case curve(Point, Point, Point)

        public var end: Point {
            switch self {
            case .line(let end), .curve(_, _, let end): end
            }
        }
    }

    /// The line of an edge, from its first box to its second.
    public struct Path: Sendable, Hashable {
        /// The place of the edge in what the layout was made from.
        public let edge: Int
        public var start: Point
        public var pieces: [Piece]
        /// The arrow head: its point, which touches the box, and the two corners behind it.
        public var tip: [Point]
        /// Where the text goes.
        public var label: Box?
    }

    /// How far things are apart.
    public struct Spacing: Sendable, Hashable {
        /// Between boxes of a rank.
        public var nodes = 16.0
        /// Between lines that run side by side.
        public var lines = 10.0
        /// Between ranks, at least.
        public var ranks = 56.0
        /// Between parts that are not connected.
        public var parts = 32.0
        /// Around all of it.
        public var margin = 12.0

        public init() {}
    }

    /// One for each of the sizes. In columns boxes are as wide as the widest of their column.
    public let boxes: [Box]
    /// One for each edge that names two boxes.
    public let paths: [Path]
    public let size: Size

    public init(
        _ sizes: [Size], edges: [Edge], direction: Direction = .leftToRight, spacing: Spacing = Spacing()
    ) {
        let parts = ConnectedLayout.parts(sizes, edges, direction, spacing)
        let corners = Packing.corners(parts.map(\.size), gap: spacing.parts)
        var boxes = sizes.map { Box(x: 0, y: 0, width: $0.width, height: $0.height) }
        var paths: [Path] = []
        var labels = LabelPlacing()
        for (part, corner) in zip(parts, corners) {
            let shift = Point(corner.x + spacing.margin, corner.y + spacing.margin)
            for (node, box) in zip(part.nodes, part.boxes) {
                boxes[node] = box.moved(shift)
                labels.block(boxes[node])
            }
            paths += part.paths.map { $0.moved(shift) }
        }
        paths.sort { $0.edge < $1.edge }
        labels.place(&paths, edges: edges)
        self.boxes = boxes
        self.paths = paths
        let ends = zip(parts, corners).map { ($1.x + $0.size.width, $1.y + $0.size.height) }
        size = Size(
            (ends.map(\.0).max() ?? 0) + 2 * spacing.margin, (ends.map(\.1).max() ?? 0) + 2 * spacing.margin)
    }
}

extension GraphLayout.Box {
    var center: GraphLayout.Point { GraphLayout.Point(x + width / 2, y + height / 2) }

    func moved(_ shift: GraphLayout.Point) -> GraphLayout.Box {
        GraphLayout.Box(x: x + shift.x, y: y + shift.y, width: width, height: height)
    }
}

extension GraphLayout.Path {
    /// The same line with each of its points put elsewhere.
    func mapped(_ map: (GraphLayout.Point) -> GraphLayout.Point) -> GraphLayout.Path {
        var path = self
        path.start = map(start)
        path.pieces = pieces.map { piece in
            switch piece {
            case .line(let end): .line(map(end))
            case .curve(let first, let second, let end): .curve(map(first), map(second), map(end))
            }
        }
        path.tip = tip.map(map)
        return path
    }

    func moved(_ shift: GraphLayout.Point) -> GraphLayout.Path {
        var path = mapped { GraphLayout.Point($0.x + shift.x, $0.y + shift.y) }
        path.label = label?.moved(shift)
        return path
    }
}
