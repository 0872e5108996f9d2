/// Orders the nodes within their ranks so that few lines cross: sweeps over the ranks that put each node at the median
/// of its neighbours, and exchanges of nodes that stand side by side, from several beginnings; after those each node is
/// taken to the place of its rank where it crosses least.
///
/// What it may cost is limited: there are at most `mostSweeps` from each beginning, fewer where nothing gets better,
/// and whatever the graph, nothing new is begun when `mostSteps` nodes and arcs have been looked at.
struct Ordering {
    private static let mostSweeps = 24
    private static let patience = 5
    private static let mostSteps = 30_000_000
    /// Another beginning is tried only as long as less than this was looked at.
    private static let enoughSteps = 5_000_000

    private var layers: Layers
    private var before: NeighbourPlaces
    private var behind: NeighbourPlaces
    /// The nodes of each rank with their lines: what it costs to look at all of them once.
    private let load: [Int]
    private var steps = 0

    static func ordered(_ layers: Layers) -> Layers {
        guard layers.order.count > 1 else { return layers }
        var ordering = Ordering(layers)
        var best = layers
        var fewest = Int.max
        for beginning in Beginning.allCases where fewest > 0 && ordering.steps < enoughSteps {
            ordering.begin(beginning)
            let crossings = ordering.improve(isMirrored: beginning == .mirrored)
            if crossings < fewest {
                fewest = crossings
                best = ordering.layers
            }
        }
        return best
    }

    private enum Beginning: CaseIterable { case fromStart, inDepth, fromEnd, mirrored }

    private init(_ layers: Layers) {
        self.layers = layers
        before = NeighbourPlaces(layers.before, of: layers.behind)
        behind = NeighbourPlaces(layers.behind, of: layers.before)
        load = layers.order.map { nodes in
            nodes.reduce(nodes.count) { $0 + layers.before[$1].count + layers.behind[$1].count }
        }
    }

    // MARK: Beginnings

    /// Nodes enter their ranks as a walk through the graph comes to them, so that what belongs together is together.
    private mutating func begin(_ beginning: Beginning) {
        var seen = Array(repeating: false, count: layers.count)
        var found: [Int] = []
        let isFromEnd = beginning == .fromEnd
        let ranks = isFromEnd ? Array(layers.order.indices.reversed()) : Array(layers.order.indices)
        for rank in ranks {
            for node in layers.order[rank] where !seen[node] {
                walk(from: node, inDepth: beginning == .inDepth, isFromEnd: isFromEnd, &seen, &found)
            }
        }
        if beginning == .mirrored { found.reverse() }
        var order: [[Int]] = Array(repeating: [], count: layers.order.count)
        for node in found { order[layers.rank[node]].append(node) }
        for rank in order.indices { layers.arrange(rank, order[rank]) }
    }

    private func walk(
        from start: Int, inDepth: Bool, isFromEnd: Bool, _ seen: inout [Bool], _ found: inout [Int]
    ) {
        var waiting = [start]
        var next = 0
        while next < waiting.count {
            let node = inDepth ? waiting.removeLast() : waiting[next]
            if !inDepth { next += 1 }
            if seen[node] { continue }
            seen[node] = true
            found.append(node)
            let first = isFromEnd ? layers.before[node] : layers.behind[node]
            let second = isFromEnd ? layers.behind[node] : layers.before[node]
            for other in first where !seen[other] { waiting.append(other) }
            for other in second where !seen[other] { waiting.append(other) }
        }
    }

    // MARK: Sweeps

    private mutating func improve(isMirrored: Bool) -> Int {
        readPlaces()
        exchange(alsoEqual: false)
        var best = layers
        var fewest = crossings()
        var idle = 0
        for sweep in 0..<Self.mostSweeps where fewest > 0 && idle < Self.patience && steps < Self.mostSteps {
            medians(isForward: (sweep % 2 == 0) != isMirrored, rightmostFirst: sweep % 4 > 1)
            exchange(alsoEqual: sweep % 4 > 1)
            let now = crossings()
            idle = now < fewest ? 0 : idle + 1
            if now < fewest {
                fewest = now
                best = layers
            }
        }
        guard fewest > 0 else { return 0 }
        layers = best
        readPlaces()
        sift()
        return crossings()
    }

    private mutating func readPlaces() {
        for rank in layers.order.indices { tellNeighbours(of: rank) }
    }

    /// The ranks beside a rank learn where its nodes are now.
    private mutating func tellNeighbours(of rank: Int) {
        steps += layers.order[rank].count
        if rank > 0 { steps += behind.read(layers.order[rank], for: layers.order[rank - 1]) }
        if rank + 1 < layers.order.count { steps += before.read(layers.order[rank], for: layers.order[rank + 1]) }
    }

    private mutating func medians(isForward: Bool, rightmostFirst: Bool) {
        let ranks = isForward ? Array(layers.order.indices) : layers.order.indices.reversed()
        for rank in ranks.dropFirst() {
            let nodes = layers.order[rank]
            let keys = nodes.map { isForward ? before.median(of: $0) : behind.median(of: $0) }
            let free = nodes.indices.filter { keys[$0] >= 0 }
            let sorted = free.sorted {
                if keys[$0] != keys[$1] { return keys[$0] < keys[$1] }
                return rightmostFirst ? $0 > $1 : $0 < $1
            }
            guard sorted != free else { continue }
            var result = nodes
            for (place, from) in zip(free, sorted) { result[place] = nodes[from] }
            layers.arrange(rank, result)
            tellNeighbours(of: rank)
        }
    }

    // MARK: Exchanges

    /// Exchanges neighbours as long as that takes crossings away. Only ranks beside a changed one are looked at again.
    private mutating func exchange(alsoEqual: Bool) {
        var isWaiting = Array(repeating: true, count: layers.order.count)
        var alsoEqual = alsoEqual
        for _ in 0..<Self.mostSweeps where isWaiting.contains(true) && steps < Self.mostSteps {
            for rank in layers.order.indices where isWaiting[rank] {
                isWaiting[rank] = false
                guard exchange(in: rank, alsoEqual: alsoEqual) else { continue }
                for near in max(0, rank - 1)...min(rank + 1, layers.order.count - 1) { isWaiting[near] = true }
            }
            alsoEqual = false
        }
    }

    /// True where something got better.
    private mutating func exchange(in rank: Int, alsoEqual: Bool) -> Bool {
        var nodes = layers.order[rank]
        var isBetter = false
        var isChanged = false
        for index in nodes.indices.dropLast() {
            let gain = gain(nodes[index], nodes[index + 1])
            guard gain > 0 || (alsoEqual && gain == 0) else { continue }
            nodes.swapAt(index, index + 1)
            isChanged = true
            if gain > 0 { isBetter = true }
        }
        steps += 2 * load[rank]
        if isChanged {
            layers.arrange(rank, nodes)
            tellNeighbours(of: rank)
        }
        return isBetter
    }

    /// How many crossings fewer there are if two nodes exchange their order.
    private func gain(_ first: Int, _ second: Int) -> Int {
        before.gain(first, second) + behind.gain(first, second)
    }

    // MARK: Sifting

    /// Takes node after node to the best place of its rank, as long as that takes crossings away.
    private mutating func sift() {
        var isWaiting = Array(repeating: true, count: layers.count)
        for _ in 0..<Self.mostSweeps where isWaiting.contains(true) {
            for node in layers.rank.indices where isWaiting[node] {
                guard steps < Self.mostSteps else { return }
                isWaiting[node] = false
                guard sift(node) else { continue }
                for other in layers.order[layers.rank[node]] { isWaiting[other] = true }
                for other in layers.before[node] { isWaiting[other] = true }
                for other in layers.behind[node] { isWaiting[other] = true }
            }
        }
    }

    /// True where the node went to another place.
    private mutating func sift(_ node: Int) -> Bool {
        var nodes = layers.order[layers.rank[node]]
        let place = layers.place[node]
        var best = (place: place, gain: 0)
        var gained = 0
        for index in nodes.indices.dropFirst(place + 1) {
            gained += gain(node, nodes[index])
            if gained > best.gain { best = (index, gained) }
        }
        gained = 0
        for index in nodes[..<place].indices.reversed() {
            gained += gain(nodes[index], node)
            if gained > best.gain { best = (index, gained) }
        }
        steps += nodes.count * (layers.before[node].count + layers.behind[node].count) + load[layers.rank[node]]
        guard best.place != place else { return false }
        nodes.remove(at: place)
        nodes.insert(node, at: best.place)
        layers.arrange(layers.rank[node], nodes)
        tellNeighbours(of: layers.rank[node])
        return true
    }

    /// All crossings: for each line, those before it that end behind its end, counted with a Fenwick tree.
    private mutating func crossings() -> Int {
        var total = 0
        for rank in layers.order.indices.dropLast() {
            var tree = FenwickTree(layers.order[rank + 1].count)
            for node in layers.order[rank] {
                for place in behind[node] { total += tree.countBehind(place) }
                for place in behind[node] { tree.add(place) }
            }
            steps += tree.count + layers.order[rank].count
        }
        return total
    }
}
