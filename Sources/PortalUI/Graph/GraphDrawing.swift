/// A graph with the places of its boxes and lines, made once for a page or a file.
public struct GraphDrawing: Sendable {
    public let graph: Graph
    public let layout: GraphLayout
    /// What stands in the boxes, and beside the lines: whole texts where they are short enough.
    let labels: [String]
    let texts: [String]

    /// Beyond so many nodes a drawing cannot be read any more; whoever asks for one shows a part, or a list.
    public static let mostNodes = 150

    /// - Parameter isMini: names are cut earlier, so that more of them find room.
    public init(_ graph: Graph, direction: GraphLayout.Direction = .leftToRight, isMini: Bool = false) {
        self.graph = graph
        let labels = graph.nodes.map { node in
            TextWidth.shortened(
                node.label, to: isMini ? Measure.widestMiniLabel : Measure.widestLabel, size: Measure.labelSize)
        }
        let texts = graph.edges.map { edge in
            TextWidth.shortened(edge.text, to: Measure.widestText, size: Measure.textSize)
        }
        let places = graph.places
        layout = GraphLayout(
            zip(graph.nodes, labels).map(Self.size),
            edges: zip(graph.edges, texts).map { edge, text in
                GraphLayout.Edge(
                    from: places[edge.from] ?? -1, to: places[edge.to] ?? -1,
                    label: text.isEmpty ? nil : Self.size(of: text))
            }, direction: direction)
        self.labels = labels
        self.texts = texts
    }

    /// Sizes in the unit of the drawing, which is a pixel where it is not zoomed. `graph.css` has the sizes of letters.
    enum Measure {
        static let height = 36.0
        static let padding = 11.0
        static let glyph = 18.0
        /// Where the label begins.
        static let indent = 38.0
        static let radius = 6.0
        static let labelSize = 13.0
        static let textSize = 11.0
        static let narrowest = 96.0
        static let widestLabel = 196.0
        static let widestMiniLabel = 132.0
        static let widestText = 200.0
        /// The letters of the root are bolder.
        static let bold = 1.06
    }

    private static func size(_ node: Graph.Node, _ label: String) -> GraphLayout.Size {
        let width = TextWidth.of(label, size: Measure.labelSize) * (node.isRoot ? Measure.bold : 1)
        let total = (Measure.indent + width + Measure.padding).rounded(.up)
        return GraphLayout.Size(max(Measure.narrowest, total), Measure.height)
    }

    private static func size(of text: String) -> GraphLayout.Size {
        GraphLayout.Size(TextWidth.of(text, size: Measure.textSize).rounded(.up) + 4, Measure.textSize + 4)
    }

    /// The paths of the edges that begin at each node.
    var pathsByNode: [[GraphLayout.Path]] {
        var paths: [[GraphLayout.Path]] = Array(repeating: [], count: graph.nodes.count)
        let places = graph.places
        for path in layout.paths {
            if let place = places[graph.edges[path.edge].from] { paths[place].append(path) }
        }
        return paths
    }
}

/// The words of SVG's attributes.
enum SVGText {
    /// A number with one decimal at most.
    static func number(_ value: Double) -> String {
        let tenths = Int((max(-1e12, min(1e12, value)) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let rest = tenths.magnitude % 10
        return "\(sign)\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
    }

    private static func point(_ point: GraphLayout.Point) -> String { "\(number(point.x)) \(number(point.y))" }

    static func line(_ path: GraphLayout.Path) -> String {
        "M\(point(path.start))"
            + path.pieces.map { piece in
                switch piece {
                case .line(let end): "L\(point(end))"
                case .curve(let first, let second, let end): "C\(point(first)) \(point(second)) \(point(end))"
                }
            }.joined()
    }

    static func tip(_ path: GraphLayout.Path) -> String { "M" + path.tip.map(point).joined(separator: "L") + "z" }

    static func viewBox(_ size: GraphLayout.Size) -> String { "0 0 \(number(size.width)) \(number(size.height))" }
}
