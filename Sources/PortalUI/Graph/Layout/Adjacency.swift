/// An edge of a layout, from the lower rank to the higher one once cycles are broken.
struct Arc: Sendable, Hashable {
    var tail: Int
    var head: Int

    var reversed: Arc { Arc(tail: head, head: tail) }
}

/// The neighbours of each node, one after another in two arrays.
struct Adjacency: Sendable {
    private var starts: [Int]
    private(set) var targets: [Int]
    /// The number of the pair that each of the targets comes from.
    private(set) var pairs: [Int]

    init(_ count: Int, _ edges: some Collection<(Int, Int)>) {
        starts = Array(repeating: 0, count: count + 1)
        for (from, _) in edges { starts[from + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        targets = Array(repeating: 0, count: edges.count)
        pairs = targets
        var next = starts
        for (pair, (from, to)) in edges.enumerated() {
            targets[next[from]] = to
            pairs[next[from]] = pair
            next[from] += 1
        }
    }

    /// How many nodes there are.
    var count: Int { starts.count - 1 }

    subscript(node: Int) -> ArraySlice<Int> { targets[range(node)] }

    func range(_ node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }
}
