/// For each node the places of its neighbours in the rank on one side, in rising order.
struct NeighbourPlaces {
    private let links: Adjacency
    private let reverse: Adjacency
    private var places: [Int]
    private var next: [Int]

    /// - Parameters:
    ///   - links: the neighbours on that side.
    ///   - reverse: the same links seen from there.
    init(_ links: Adjacency, of reverse: Adjacency) {
        self.links = links
        self.reverse = reverse
        places = Array(repeating: 0, count: links.targets.count)
        next = Array(repeating: 0, count: links.count)
    }

    subscript(node: Int) -> ArraySlice<Int> { places[links.range(node)] }

    /// Notes the places of one rank for the nodes beside it. As they come in order, nothing has to be sorted.
    /// - Returns: how many there were.
    mutating func read(_ rank: [Int], for nodes: [Int]) -> Int {
        for node in nodes { next[node] = links.range(node).lowerBound }
        var count = 0
        for (place, other) in rank.enumerated() {
            for index in reverse.range(other) {
                let node = reverse.targets[index]
                places[next[node]] = place
                next[node] += 1
                count += 1
            }
        }
        return count
    }

    /// The place in the middle of a node's neighbours, nearer to the side where they are closer together; less than
    /// zero where it has none.
    func median(of node: Int) -> Double {
        let range = links.range(node)
        if range.isEmpty { return -1 }
        let middle = range.lowerBound + range.count / 2
        if range.count % 2 == 1 { return Double(places[middle]) }
        let (low, high) = (Double(places[middle - 1]), Double(places[middle]))
        let left = low - Double(places[range.lowerBound])
        let right = Double(places[range.upperBound - 1]) - high
        guard range.count > 2, left + right > 0 else { return (low + high) / 2 }
        return (low * right + high * left) / (left + right)
    }

    /// How many crossings on this side vanish if a node and one behind it exchange their order.
    func gain(_ first: Int, _ second: Int) -> Int {
        let one = links.range(first)
        let other = links.range(second)
        if one.count == 1, other.count == 1 {
            return (places[other.lowerBound] - places[one.lowerBound]).signum() * -1
        }
        if one.isEmpty || other.isEmpty { return 0 }
        var gain = 0
        var less = other.lowerBound
        var upTo = other.lowerBound
        for index in one {
            let place = places[index]
            while less < other.upperBound, places[less] < place { less += 1 }
            upTo = max(upTo, less)
            while upTo < other.upperBound, places[upTo] == place { upTo += 1 }
            gain += (less - other.lowerBound) - (other.upperBound - upTo)
        }
        return gain
    }
}

/// Counts numbers by their size.
struct FenwickTree {
    private var sums: [Int]
    /// How many there are.
    private(set) var count = 0

    /// - Parameter size: numbers are less than this.
    init(_ size: Int) { sums = Array(repeating: 0, count: size + 1) }

    mutating func add(_ number: Int) {
        count += 1
        var index = number + 1
        while index < sums.count {
            sums[index] += 1
            index += index & -index
        }
    }

    /// How many are greater.
    func countBehind(_ number: Int) -> Int {
        var total = count
        var index = number + 1
        while index > 0 {
            total -= sums[index]
            index &= index - 1
        }
        return total
    }
}
