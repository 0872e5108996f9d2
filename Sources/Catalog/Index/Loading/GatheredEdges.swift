/// The edges of a whole catalog, gathered so that each list of them is made once and in its size.
struct GatheredEdges: Sendable {
    private(set) var sources: [UInt32] = []
    private(set) var targets: [UInt32] = []
    private(set) var types: [UInt16] = []

    /// Takes what an entity declares.
    mutating func add(_ declared: [RelationGraph.Declaration], of owner: UInt32) {
        for edge in declared {
            add(edge.isOutgoing ? owner : edge.other, edge.type, edge.isOutgoing ? edge.other : owner)
        }
    }

    mutating func add(_ source: UInt32, _ type: UInt16, _ target: UInt32) {
        sources.append(source)
        types.append(type)
        targets.append(target)
    }
}

/// Elements by number, end to end: they are counted first, so that each is written once.
struct GroupedElements<Element: BitwiseCopyable> {
    private var elements: [Element]
    /// By number: where its elements end.
    private var ends: [Int]

    /// - Parameters:
    ///   - count: above every number.
    ///   - numbers: the number of each element.
    ///   - element: what stands at a place of `numbers`.
    init(count: Int, by numbers: [UInt32], _ element: (Int) -> Element) {
        var places = [Int](repeating: 0, count: count)
        for number in numbers { places[Int(number)] += 1 }
        var sum = 0
        for number in places.indices {
            sum += places[number]
            places[number] = sum - places[number]
        }
        elements = Array(unsafeUninitializedCapacity: numbers.count) { buffer, initialized in
            for (place, number) in numbers.enumerated() {
                buffer.initializeElement(at: places[Int(number)], to: element(place))
                places[Int(number)] += 1
            }
            initialized = numbers.count
        }
        // Each place has moved to where its elements end.
        ends = places
    }

    /// Calls `body` with each number and its elements, which it may put in order; they must not leave it.
    mutating func forEach(_ body: (Int, UnsafeMutableBufferPointer<Element>) -> Void) {
        let ends = ends
        elements.withUnsafeMutableBufferPointer { all in
            var start = 0
            for (number, end) in ends.enumerated() {
                body(number, UnsafeMutableBufferPointer(rebasing: all[start..<end]))
                start = end
            }
        }
    }
}

extension CatalogIndex {
    /// Gathered relations in their order, and by slot the order-free hashes of their edges.
    func settledRelations(_ gathered: GatheredEdges) -> (RelationGraph, ChunkedArray<UInt64>) {
        var relations = relations
        relations.settle(gathered, references, texts)
        // Each text is read once, however many edges lead to it.
        let types = relations.types.map { StableHash.of($0) }
        let targets = (0..<UInt32(references.count)).map { references.with($0, texts) { StableHash.of($0) } }
        var hashes = edgeHashes
        for slot in targets.indices {
            let hash = relations.links(of: UInt32(slot)) { links in
                links.reduce(0) { $0 &+ Self.hash(ofType: types[Int($1.type)], ofTarget: targets[Int($1.other)]) }
            }
            hashes.set(slot, to: hash)
        }
        return (relations, hashes)
    }
}
