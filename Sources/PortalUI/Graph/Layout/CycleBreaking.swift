/// Chooses arcs to be turned round so that no cycle is left: those that lead a walk in depth back to where it came
/// from. It keeps to the order in which nodes were given, and so to what people take for the beginning.
enum DepthBreaking {
    /// Which of the arcs to turn round. There must be no self loops among them.
    static func reversed(_ count: Int, _ arcs: [Arc]) -> [Bool] {
        enum State { case new, open, done }
        let out = Adjacency(count, arcs.lazy.map { ($0.tail, $0.head) })
        var reversed = Array(repeating: false, count: arcs.count)
        var states = Array(repeating: State.new, count: count)
        var next = (0..<count).map { out.range($0).lowerBound }
        for start in 0..<count where states[start] == .new {
            var way = [start]
            states[start] = .open
            while let node = way.last {
                guard next[node] < out.range(node).upperBound else {
                    states[node] = .done
                    way.removeLast()
                    continue
                }
                let (other, arc) = (out.targets[next[node]], out.pairs[next[node]])
                next[node] += 1
                if states[other] == .open { reversed[arc] = true }
                if states[other] != .new { continue }
                states[other] = .open
                way.append(other)
            }
        }
        return reversed
    }
}

/// Chooses arcs to be turned round so that no cycle is left: the greedy heuristic of Eades, Lin and Smyth. It takes
/// sinks from the end and sources from the beginning, and where there is neither, the node that has most more edges out
/// than in; few edges run against the order that comes of it. Linear in nodes and edges.
struct CycleBreaking {
    private let out: Adjacency
    private let into: Adjacency
    private var outCount: [Int]
    private var inCount: [Int]
    private var isTaken: [Bool]
    private var buckets: [[Int]]
    /// How far a bucket has been read; entries that no longer hold are skipped.
    private var heads: [Int]
    private var highest: Int
    private let offset: Int

    /// Which of the arcs to turn round. There must be no self loops among them.
    static func reversed(_ count: Int, _ arcs: [Arc]) -> [Bool] {
        var breaking = CycleBreaking(count, arcs)
        let place = breaking.places()
        return arcs.map { place[$0.tail] > place[$0.head] }
    }

    private init(_ count: Int, _ arcs: [Arc]) {
        out = Adjacency(count, arcs.lazy.map { ($0.tail, $0.head) })
        into = Adjacency(count, arcs.lazy.map { ($0.head, $0.tail) })
        outCount = (0..<count).map { [out] in out[$0].count }
        inCount = (0..<count).map { [into] in into[$0].count }
        isTaken = Array(repeating: false, count: count)
        offset = inCount.max() ?? 0
        buckets = Array(repeating: [], count: offset + (outCount.max() ?? 0) + 1)
        heads = Array(repeating: 0, count: buckets.count)
        highest = buckets.count - 1
        for node in 0..<count { buckets[outCount[node] - inCount[node] + offset].append(node) }
    }

    private mutating func places() -> [Int] {
        var first: [Int] = []
        var last: [Int] = []
        var sinks = outCount.indices.filter { outCount[$0] == 0 }
        var sources = inCount.indices.filter { inCount[$0] == 0 && outCount[$0] > 0 }
        var nextSink = 0
        var nextSource = 0
        while first.count + last.count < isTaken.count {
            if nextSink < sinks.count {
                if take(sinks[nextSink], &sinks, &sources) { last.append(sinks[nextSink]) }
                nextSink += 1
            } else if nextSource < sources.count {
                if take(sources[nextSource], &sinks, &sources) { first.append(sources[nextSource]) }
                nextSource += 1
            } else if let node = steepest(), take(node, &sinks, &sources) {
                first.append(node)
            }
        }
        var place = Array(repeating: 0, count: isTaken.count)
        for (index, node) in (first + last.reversed()).enumerated() { place[node] = index }
        return place
    }

    /// False for a node that is gone already.
    private mutating func take(_ node: Int, _ sinks: inout [Int], _ sources: inout [Int]) -> Bool {
        if isTaken[node] { return false }
        isTaken[node] = true
        for next in out[node] where !isTaken[next] {
            inCount[next] -= 1
            if inCount[next] == 0 { sources.append(next) }
            file(next)
        }
        for previous in into[node] where !isTaken[previous] {
            outCount[previous] -= 1
            if outCount[previous] == 0 { sinks.append(previous) }
            file(previous)
        }
        return true
    }

    private mutating func file(_ node: Int) {
        let bucket = outCount[node] - inCount[node] + offset
        buckets[bucket].append(node)
        highest = max(highest, bucket)
    }

    private mutating func steepest() -> Int? {
        while highest >= 0 {
            while heads[highest] < buckets[highest].count {
                let node = buckets[highest][heads[highest]]
                heads[highest] += 1
                if !isTaken[node], outCount[node] - inCount[node] + offset == highest { return node }
            }
            highest -= 1
        }
        return nil
    }
}
