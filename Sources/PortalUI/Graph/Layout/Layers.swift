/// A connected graph in ranks, where arcs over several of them go through a bend in each one between.
struct Layers {
    /// Beyond so many bends in a drawing the longest arcs go straight: nobody can follow them there, and their number
    /// grows with the product of arcs and ranks.
    static let mostBends = 20_000

    /// The nodes before this one are of the graph, the others are bends.
    let nodeCount: Int
    let rank: [Int]
    /// The nodes of each rank, in the order of the drawing.
    var order: [[Int]]
    /// The place of each node in its rank.
    var place: [Int]
    /// Neighbours one rank before and one rank behind.
    let before: Adjacency
    let behind: Adjacency
    /// For each arc its tail, the bends, its head.
    let chains: [[Int]]

    var count: Int { rank.count }
    func isBend(_ node: Int) -> Bool { node >= nodeCount }

    init(_ nodeCount: Int, _ arcs: [Arc], ranks: [Int]) {
        self.nodeCount = nodeCount
        var rank = ranks
        var chains = arcs.map { [$0.tail, $0.head] }
        var steps: [(Int, Int)] = []
        func span(_ arc: Int) -> Int { ranks[arcs[arc].head] - ranks[arcs[arc].tail] }
        let shortFirst = arcs.indices.sorted { (span($0), $0) < (span($1), $1) }
        for arc in shortFirst {
            let bends = span(arc) - 1
            guard rank.count + bends <= nodeCount + Self.mostBends else { break }
            let first = rank.count
            for bend in 0..<bends { rank.append(ranks[arcs[arc].tail] + 1 + bend) }
            let chain = [arcs[arc].tail] + Array(first..<first + bends) + [arcs[arc].head]
            for index in 1..<chain.count { steps.append((chain[index - 1], chain[index])) }
            chains[arc] = chain
        }
        self.rank = rank
        self.chains = chains
        behind = Adjacency(rank.count, steps)
        before = Adjacency(rank.count, steps.map { ($0.1, $0.0) })
        order = Array(repeating: [], count: (ranks.max() ?? 0) + 1)
        place = Array(repeating: 0, count: rank.count)
        for node in rank.indices {
            place[node] = order[rank[node]].count
            order[rank[node]].append(node)
        }
    }

    /// Puts the nodes of a rank into a new order.
    mutating func arrange(_ rank: Int, _ nodes: [Int]) {
        order[rank] = nodes
        for (index, node) in nodes.enumerated() { place[node] = index }
    }
}
