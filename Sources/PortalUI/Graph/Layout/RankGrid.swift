/// Where ranks begin and end, and where nodes and bends are in them.
struct RankGrid {
    /// Where each rank begins and ends along the way of the lines.
    private(set) var starts: [Double] = []
    private(set) var ends: [Double] = []
    /// The boxes of the nodes.
    private(set) var boxes: [GraphLayout.Box] = []
    /// The middle of each node and bend along its rank.
    private(set) var middles: [Double] = []
    /// The bend that holds the text of a line, where it has one.
    private(set) var labelBends: Set<Int> = []

    private let sizes: [GraphLayout.Size]
    private let isEven: Bool
    private var extents: [Double]
    private var depths: [Double]
    /// What the texts of lines take between a rank and the next one.
    private var texts: [Double]
    private let rank: [Int]

    /// Where lines have to climb far, ranks are further apart, so that they do not look like a wall.
    private static let climb = 6.0
    private static let widestGap = 170.0
    /// Around a text between two ranks.
    private static let roomOfText = 36.0
    private static let roomBesideText = 4.0

    /// - Parameter isEven: all boxes of a rank get the depth of the deepest.
    init(_ layers: Layers, sizes: [GraphLayout.Size], isEven: Bool, _ loops: Loops) {
        self.sizes = sizes
        self.isEven = isEven
        rank = layers.rank
        extents = Array(repeating: 0, count: layers.count)
        depths = Array(repeating: 0, count: layers.order.count)
        texts = depths
        for node in sizes.indices {
            extents[node] = sizes[node].height + 2 * loops.room(at: node)
            depths[rank[node]] = max(depths[rank[node]], sizes[node].width)
        }
        boxes = sizes.indices.map { node in
            let width = isEven ? depths[layers.rank[node]] : sizes[node].width
            return GraphLayout.Box(x: 0, y: 0, width: width, height: sizes[node].height)
        }
    }

    /// A text goes to the bend in the middle of its line, or between the ranks where the line has none.
    mutating func makeRoom(for lines: [(label: GraphLayout.Size?, chain: [Int])]) {
        for (label, chain) in lines {
            guard let label else { continue }
            if chain.count > 2 {
                let bend = chain[chain.count / 2]
                extents[bend] = label.height + Self.roomBesideText
                depths[rank[bend]] = max(depths[rank[bend]], label.width)
                labelBends.insert(bend)
            } else {
                let gap = min(rank[chain[0]], texts.count - 1)
                texts[gap] = max(texts[gap], label.width + Self.roomOfText)
            }
        }
    }

    mutating func place(_ layers: Layers, _ spacing: GraphLayout.Spacing) {
        middles = Placing.places(layers, extents: extents, gaps: (spacing.nodes, spacing.lines))
        var climbs = Array(repeating: 0.0, count: layers.order.count)
        for node in middles.indices {
            for other in layers.behind[node] {
                climbs[rank[node]] = max(climbs[rank[node]], abs(middles[node] - middles[other]))
            }
        }
        var next = 0.0
        for index in layers.order.indices {
            starts.append(next)
            ends.append(next + depths[index])
            let climb = min(climbs[index] / Self.climb, Self.widestGap)
            next += depths[index] + max(spacing.ranks, texts[index], climb)
        }
        for node in boxes.indices {
            boxes[node].x = (starts[rank[node]] + ends[rank[node]] - boxes[node].width) / 2
            boxes[node].y = middles[node] - boxes[node].height / 2
        }
    }
}
