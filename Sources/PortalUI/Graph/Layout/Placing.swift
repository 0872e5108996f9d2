/// Places along the ranks, after Brandes and Köpf: nodes are aligned with the median of their neighbours in four ways
/// (from either end, towards either side), each is packed tightly, and the middle of the four is taken. Lines that go
/// over several ranks become straight. Linear in nodes and arcs.
struct Placing {
    private let layers: Layers
    private let extents: [Double]
    private let gaps: (nodes: Double, bends: Double)
    /// Steps between neighbouring ranks that cross one between two bends: that one is to be straight.
    private var isGivenUp: [Bool]

    /// - Parameters:
    ///   - layers: ordered.
    ///   - extents: what each node takes along its rank.
    /// - Returns: where the middle of each node is; the least edge is at zero.
    static func places(_ layers: Layers, extents: [Double], gaps: (nodes: Double, bends: Double)) -> [Double] {
        var placing = Placing(layers: layers, extents: extents, gaps: gaps, isGivenUp: [])
        placing.findConflicts()
        let four = [(true, true), (true, false), (false, true), (false, false)].map { way in
            placing.packed(placing.aligned(isForward: way.0, isRightward: way.1), isRightward: way.1)
        }
        return placing.joined(four)
    }

    private func separation(_ left: Int, _ right: Int) -> Double {
        let bends = layers.isBend(left) && layers.isBend(right) ? gaps.bends : gaps.nodes
        let mixed = layers.isBend(left) != layers.isBend(right) ? (gaps.nodes + gaps.bends) / 2 : bends
        return (extents[left] + extents[right]) / 2 + mixed
    }

    // MARK: Conflicts

    private mutating func findConflicts() {
        isGivenUp = Array(repeating: false, count: layers.before.targets.count)
        for rank in layers.order.indices.dropFirst() { findConflicts(before: rank) }
    }

    private mutating func findConflicts(before rank: Int) {
        let nodes = layers.order[rank]
        var first = 0
        var left = -1
        for index in nodes.indices {
            let inner = innerNeighbour(nodes[index])
            guard inner != nil || index == nodes.count - 1 else { continue }
            let right = inner.map { layers.place[$0] } ?? layers.order[rank - 1].count
            for node in nodes[first...index] { giveUp(node, outside: left, right) }
            first = index + 1
            left = right
        }
    }

    /// The bend before a bend.
    private func innerNeighbour(_ node: Int) -> Int? {
        guard layers.isBend(node), let previous = layers.before[node].first, layers.isBend(previous) else { return nil }
        return previous
    }

    private mutating func giveUp(_ node: Int, outside left: Int, _ right: Int) {
        for index in layers.before.range(node) {
            let other = layers.before.targets[index]
            if layers.isBend(node), layers.isBend(other) { continue }
            if layers.place[other] < left || layers.place[other] > right {
                isGivenUp[layers.before.pairs[index]] = true
            }
        }
    }

    // MARK: Alignment

    /// For each node the one that its block is named by.
    private func aligned(isForward: Bool, isRightward: Bool) -> [Int] {
        var root = Array(0..<layers.count)
        var isLinked = Array(repeating: false, count: layers.count)
        let adjacency = isForward ? layers.before : layers.behind
        let ranks = isForward ? Array(layers.order.indices) : layers.order.indices.reversed()
        for rank in ranks {
            let nodes = isRightward ? layers.order[rank] : layers.order[rank].reversed()
            var last = -1
            for node in nodes {
                let found = neighbours(of: node, adjacency, isRightward: isRightward)
                if found.isEmpty { continue }
                for middle in (found.count - 1) / 2...found.count / 2 where root[node] == node {
                    let (place, other, pair) = found[middle]
                    guard !isGivenUp[pair], place > last, !isLinked[other] else { continue }
                    isLinked[other] = true
                    root[node] = root[other]
                    last = place
                }
            }
        }
        return root
    }

    private func neighbours(
        of node: Int, _ adjacency: Adjacency, isRightward: Bool
    ) -> [(place: Int, node: Int, pair: Int)] {
        adjacency.range(node).map { index in
            let other = adjacency.targets[index]
            let place = layers.place[other]
            let seen = isRightward ? place : layers.order[layers.rank[other]].count - 1 - place
            return (seen, other, adjacency.pairs[index])
        }.sorted { ($0.place, $0.pair) < ($1.place, $1.pair) }
    }

    // MARK: Packing

    /// Packs blocks as far to the left, or to the right, as their neighbours allow.
    private func packed(_ root: [Int], isRightward: Bool) -> [Double] {
        var neighbours: [(Int, Int)] = []
        var distances: [Double] = []
        for nodes in layers.order {
            for index in nodes.indices.dropFirst() {
                let (left, right) = (nodes[index - 1], nodes[index])
                neighbours.append(isRightward ? (root[left], root[right]) : (root[right], root[left]))
                distances.append(separation(left, right))
            }
        }
        let out = Adjacency(layers.count, neighbours)
        let place = pushed(root, out, distances)
        return root.map { isRightward ? place[$0] : -place[$0] }
    }

    private func pushed(_ root: [Int], _ out: Adjacency, _ distances: [Double]) -> [Double] {
        var place = Array(repeating: 0.0, count: layers.count)
        var waiting = Array(repeating: 0, count: layers.count)
        for target in out.targets { waiting[target] += 1 }
        var ready = root.indices.filter { root[$0] == $0 && waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            let block = ready[next]
            next += 1
            for index in out.range(block) {
                let other = out.targets[index]
                place[other] = max(place[other], place[block] + distances[out.pairs[index]])
                waiting[other] -= 1
                if waiting[other] == 0 { ready.append(other) }
            }
        }
        for block in ready.reversed() {
            let room = out.range(block).map { place[out.targets[$0]] - distances[out.pairs[$0]] }.min()
            if let room { place[block] = max(place[block], room) }
        }
        return place
    }

    // MARK: The middle

    private func joined(_ four: [[Double]]) -> [Double] {
        let spans = four.map { places in
            places.indices.reduce((Double.infinity, -Double.infinity)) { span, node in
                (min(span.0, places[node] - extents[node] / 2), max(span.1, places[node] + extents[node] / 2))
            }
        }
        let narrow = spans.min { $0.1 - $0.0 < $1.1 - $1.0 } ?? (0, 0)
        let shifts = [
            narrow.0 - spans[0].0, narrow.1 - spans[1].1, narrow.0 - spans[2].0, narrow.1 - spans[3].1,
        ]
        let places = extents.indices.map { node in
            let sorted = zip(four, shifts).map { $0[node] + $1 }.sorted()
            return (sorted[1] + sorted[2]) / 2
        }
        let least = places.indices.map { places[$0] - extents[$0] / 2 }.min() ?? 0
        return places.map { $0 - least }
    }
}
