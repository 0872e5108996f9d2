/// Gives each node of a connected graph without cycles a rank, so that every arc runs from a lower to a higher one and
/// all of them together are as short as can be: the network simplex of Gansner and others, begun with the longest path.
///
/// What it may cost is limited: a pivot looks at everything once, and there are as many as fit into `mostSteps`. Each
/// leaves ranks that hold, only longer ones than need be.
struct Ranking {
    private static let mostSteps = 8_000_000

    private let arcs: [Arc]
    private let out: Adjacency
    private let into: Adjacency
    private var rank: [Int]
    /// The arc to the parent in the spanning tree; none at its root.
    private var parentArc: [Int]
    private var isInTree: [Bool]
    private var isTreeArc: [Bool]
    /// The order in which a walk through the tree left the nodes, and the first number below each of them.
    private var limit: [Int]
    private var low: [Int]
    private var leaving: [Int] = []
    private var cut: [Int]
    private var steps = 0

    static func ranks(_ count: Int, _ arcs: [Arc]) -> [Int] {
        guard count > 1, !arcs.isEmpty else { return Array(repeating: 0, count: count) }
        var ranking = Ranking(count, arcs)
        if ranking.growTree() { ranking.pivot() }
        let least = ranking.rank.min() ?? 0
        return ranking.rank.map { $0 - least }
    }

    private init(_ count: Int, _ arcs: [Arc]) {
        self.arcs = arcs
        out = Adjacency(count, arcs.lazy.map { ($0.tail, $0.head) })
        into = Adjacency(count, arcs.lazy.map { ($0.head, $0.tail) })
        rank = Self.longestPaths(count, out, into)
        parentArc = Array(repeating: -1, count: count)
        isInTree = Array(repeating: false, count: count)
        isTreeArc = Array(repeating: false, count: arcs.count)
        limit = Array(repeating: 0, count: count)
        low = limit
        cut = Array(repeating: 0, count: arcs.count)
    }

    private static func longestPaths(_ count: Int, _ out: Adjacency, _ into: Adjacency) -> [Int] {
        var rank = Array(repeating: 0, count: count)
        var waiting = (0..<count).map { into[$0].count }
        var ready = (0..<count).filter { waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            let node = ready[next]
            next += 1
            for other in out[node] {
                rank[other] = max(rank[other], rank[node] + 1)
                waiting[other] -= 1
                if waiting[other] == 0 { ready.append(other) }
            }
        }
        return rank
    }

    private func slack(_ arc: Int) -> Int { rank[arcs[arc].head] - rank[arcs[arc].tail] - 1 }

    // MARK: The first tree

    /// Spans the graph with arcs that are as short as they may be; false where that would take too long.
    private mutating func growTree() -> Bool {
        var members: [Int] = []
        absorb(0, into: &members)
        while members.count < rank.count {
            steps += arcs.count + members.count
            guard steps < Self.mostSteps, let arc = nearestArc() else { return false }
            let isTailIn = isInTree[arcs[arc].tail]
            let shift = isTailIn ? slack(arc) : -slack(arc)
            for node in members { rank[node] += shift }
            absorb(isTailIn ? arcs[arc].head : arcs[arc].tail, by: arc, into: &members)
        }
        return true
    }

    /// The shortest arc that leads out of the tree.
    private func nearestArc() -> Int? {
        var best: Int?
        var least = Int.max
        for arc in arcs.indices where isInTree[arcs[arc].tail] != isInTree[arcs[arc].head] {
            if slack(arc) < least {
                least = slack(arc)
                best = arc
            }
        }
        return best
    }

    /// Takes a node into the tree with all that tight arcs lead to from it.
    private mutating func absorb(_ node: Int, by arc: Int = -1, into members: inout [Int]) {
        isInTree[node] = true
        if arc >= 0 { isTreeArc[arc] = true }
        var next = members.count
        members.append(node)
        while next < members.count {
            let node = members[next]
            next += 1
            for (adjacency, range) in [(out, out.range(node)), (into, self.into.range(node))] {
                for index in range where !isInTree[adjacency.targets[index]] && slack(adjacency.pairs[index]) == 0 {
                    isInTree[adjacency.targets[index]] = true
                    isTreeArc[adjacency.pairs[index]] = true
                    members.append(adjacency.targets[index])
                }
            }
        }
    }

    // MARK: Pivots

    private mutating func pivot() {
        var start = 0
        repeat {
            walkTree()
            findCuts()
            steps += 4 * (rank.count + arcs.count)
            guard steps < Self.mostSteps, let old = leavingArc(from: start), let new = enteringArc(for: old) else {
                return
            }
            start = old + 1
            exchange(old, new)
        } while true
    }

    /// Numbers the nodes so that what is below a node in the tree is a range.
    private mutating func walkTree() {
        leaving.removeAll(keepingCapacity: true)
        var stack = [0]
        var state = Array(repeating: -1, count: rank.count)
        parentArc[0] = -1
        while let node = stack.last {
            if state[node] >= 0 {
                stack.removeLast()
                limit[node] = leaving.count
                leaving.append(node)
                continue
            }
            state[node] = 0
            low[node] = leaving.count
            push(out, of: node, to: &stack, state)
            push(into, of: node, to: &stack, state)
        }
    }

    private mutating func push(_ adjacency: Adjacency, of node: Int, to stack: inout [Int], _ state: [Int]) {
        for index in adjacency.range(node) {
            let arc = adjacency.pairs[index]
            guard isTreeArc[arc], arc != parentArc[node] else { continue }
            parentArc[adjacency.targets[index]] = arc
            stack.append(adjacency.targets[index])
        }
    }

    /// What a tree arc would win by becoming longer: arcs that run beside it over the cut, less those against it.
    private mutating func findCuts() {
        for node in leaving {
            let arc = parentArc[node]
            guard arc >= 0 else { continue }
            let isUp = arcs[arc].tail == node
            var value = 0
            for index in out.range(node) { value += share(out.pairs[index], at: node, leavesNode: true, isUp, arc) }
            for index in into.range(node) { value += share(into.pairs[index], at: node, leavesNode: false, isUp, arc) }
            cut[arc] = value
        }
    }

    private func share(_ other: Int, at node: Int, leavesNode: Bool, _ isUp: Bool, _ arc: Int) -> Int {
        if other == arc { return 1 }
        let along = leavesNode == isUp ? 1 : -1
        guard isTreeArc[other] else { return along }
        let isChild = parentArc[leavesNode ? arcs[other].head : arcs[other].tail] == other
        return isChild ? along * (1 - cut[other]) : along
    }

    private func leavingArc(from start: Int) -> Int? {
        for offset in arcs.indices {
            let arc = (start + offset) % arcs.count
            if isTreeArc[arc], cut[arc] < 0 { return arc }
        }
        return nil
    }

    private func isBelow(_ node: Int, _ top: Int) -> Bool { low[top] <= limit[node] && limit[node] <= limit[top] }

    /// The shortest arc that joins the two halves against the arc that leaves.
    private func enteringArc(for old: Int) -> Int? {
        let isTailBelow = parentArc[arcs[old].tail] == old
        let top = isTailBelow ? arcs[old].tail : arcs[old].head
        var best: Int?
        var least = Int.max
        for arc in arcs.indices where !isTreeArc[arc] {
            let tail = isBelow(arcs[arc].tail, top)
            guard tail != isBelow(arcs[arc].head, top), tail != isTailBelow, slack(arc) < least else { continue }
            least = slack(arc)
            best = arc
        }
        return best
    }

    private mutating func exchange(_ old: Int, _ new: Int) {
        let isTailBelow = parentArc[arcs[old].tail] == old
        let top = isTailBelow ? arcs[old].tail : arcs[old].head
        let shift = isTailBelow ? -slack(new) : slack(new)
        for node in leaving[low[top]...limit[top]] { rank[node] += shift }
        isTreeArc[old] = false
        isTreeArc[new] = true
    }
}
