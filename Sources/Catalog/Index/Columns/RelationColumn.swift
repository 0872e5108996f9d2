/// The edges of a relation by who shows them: counting what many entities lead to is one walk through memory.
struct RelationColumn: Sendable {
    /// What edges lead to, ascending.
    let targets: [UInt32]
    /// By edge: who shows it, ascending, and the place of what it leads to among the targets.
    private let sources: [UInt32]
    private let places: [UInt32]

    /// - Parameter types: those that are one relation but for the case of their names.
    init(_ relations: RelationGraph, types: [UInt16]) {
        let showing = types.reduce(into: Bitmap()) { $0.formUnion(relations.showing[Int($1)]) }
        var sources: [UInt32] = []
        var others: [UInt32] = []
        var reached = Bitmap()
        showing.forEach { source in
            relations.links(of: source) { links in
                for link in links where types.contains(link.type) {
                    sources.append(source)
                    others.append(link.other)
                    reached.insert(link.other)
                }
            }
        }
        var targets: [UInt32] = []
        reached.forEach { targets.append($0) }
        var placeOfTarget = [UInt32](repeating: 0, count: Int(targets.last ?? 0) + 1)
        for (place, target) in targets.enumerated() { placeOfTarget[Int(target)] = UInt32(place) }
        self.targets = targets
        self.sources = sources
        places = others.map { placeOfTarget[Int($0)] }
    }

    /// By target: how many edges lead to it from the slots.
    func counts(within scope: Bitmap) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: targets.count)
        scope.withWords { words in
            sources.withUnsafeBufferPointer { sources in
                places.withUnsafeBufferPointer { places in
                    counts.withUnsafeMutableBufferPointer { counts in
                        for edge in sources.indices where sources[edge] >> 6 < words.count {
                            let source = sources[edge]
                            let isIn = words[Int(source >> 6)] >> UInt64(source & 63) & 1
                            counts[Int(places[edge])] &+= UInt32(truncatingIfNeeded: isIn)
                        }
                    }
                }
            }
        }
        return counts
    }
}
