import EntityModel

/// The edges between entities, by the numbers of their references.
///
/// An edge is kept once for each entity that declares it and shown once, so that an entity's deletion takes only its
/// own declarations away. Targets need not exist: edges survive deletion and re-creation of either end.
package struct RelationGraph: Sendable {
    package struct Edge: Sendable, Hashable {
        package let type: String
        package let target: String
    }

    /// An edge that is shown on an entity, or the entity that shows one to this.
    struct Link: BitwiseCopyable, Sendable {
        let other: UInt32
        let type: UInt16
        /// How many entities declare it.
        var count: UInt16
    }

    /// An edge as one entity declares it: to the other, or from the other to itself.
    struct Declaration: BitwiseCopyable, Sendable, Hashable {
        let other: UInt32
        let type: UInt16
        let isOutgoing: Bool
    }

    private(set) var types: [String] = []
    /// By type: what stands before the target of a relation where it is sent.
    private var jsonStarts = PinnedLists<UInt8>()
    private var numberOfType: [String: UInt16] = [:]
    private var numbersOfLowered: [String: [UInt16]] = [:]
    /// By reference number: what is shown on it, by type and target as upstream sorts them.
    private var shown = PinnedLists<Link>()
    /// By reference number: who shows an edge to it; in no order.
    private var incoming = PinnedLists<Link>()
    /// By type: the references on which any edge of it is shown.
    private(set) var showing: [Bitmap] = []
    /// By type: the references that an edge of it leads to, and some that none leads to any more.
    private(set) var targets: [Bitmap] = []

    /// Makes room for references up to a number.
    mutating func reserve(_ count: Int) {
        while shown.count < count {
            shown.append()
            incoming.append()
        }
    }

    mutating func type(_ name: String) -> UInt16 {
        if let number = numberOfType[name] { return number }
        let number = UInt16(truncatingIfNeeded: types.count)
        types.append(name)
        jsonStarts.append()
        jsonStarts.set(Int(number), to: Array("{\"type\":\(JSONWriter.text(.string(name))),\"targetRef\":\"".utf8))
        numberOfType[name] = number
        numbersOfLowered[name.lowercased(), default: []].append(number)
        showing.append(Bitmap())
        targets.append(Bitmap())
        return number
    }

    /// Calls `body` with `{"type":…,"targetRef":`, as it is sent.
    @inline(__always)
    func withJSONStart(ofType type: UInt16, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        jsonStarts.with(Int(type), body)
    }

    /// The types whose search key is `relations.<name>`, whatever their case.
    func types(lowered name: String) -> [UInt16] { numbersOfLowered[name] ?? [] }

    /// References that an edge of one of the types may lead to.
    func targets(of types: [UInt16]) -> Bitmap {
        types.reduce(into: Bitmap()) { $0.formUnion(targets[Int($1)]) }
    }

    /// Calls `body` with what is shown on a reference, which must not leave it.
    @inline(__always)
    func links<Result>(of number: UInt32, _ body: (UnsafeBufferPointer<Link>) -> Result) -> Result {
        Int(number) < shown.count ? shown.with(Int(number), body) : body(.init(start: nil, count: 0))
    }

    /// Begins to fetch where the edges of a reference are, and then the edges.
    @inline(__always)
    func prefetchPlace(_ number: UInt32) { shown.prefetchPlace(Int(number)) }

    @inline(__always)
    func prefetch(_ number: UInt32) { shown.prefetch(Int(number), 0..<8) }

    /// Calls `body` with who shows an edge to a reference, which must not leave it.
    @inline(__always)
    func links<Result>(to number: UInt32, _ body: (UnsafeBufferPointer<Link>) -> Result) -> Result {
        Int(number) < incoming.count ? incoming.with(Int(number), body) : body(.init(start: nil, count: 0))
    }

    /// Takes the edges of a whole catalog, brings them into their order and makes of them what leads back.
    mutating func settle(_ edges: GatheredEdges, _ references: ReferenceTable, _ texts: TextArena) {
        let order = references.inOrder(texts)
        var ranks = [UInt32](repeating: 0, count: order.count)
        for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(rank) }
        let typeOrder = types.indices.sorted { types[$0] < types[$1] }.map { UInt16($0) }
        var typeRanks = [UInt64](repeating: 0, count: types.count)
        for (rank, type) in typeOrder.enumerated() { typeRanks[Int(type)] = UInt64(rank) }
        // By the rank of the type and then of the target, which are found again from it.
        var keys = GroupedElements(count: shown.count, by: edges.sources) { place in
            typeRanks[Int(edges.types[place])] << 32 | UInt64(ranks[Int(edges.targets[place])])
        }
        var back = GatheredEdges()
        var links: [Link] = []
        keys.forEach { source, keys in
            if keys.isEmpty { return }
            var sorted = keys
            sorted.sort()
            links.removeAll(keepingCapacity: true)
            for (place, key) in sorted.enumerated() {
                if place > 0, key == sorted[place - 1] {
                    links[links.count - 1].count &+= 1
                    continue
                }
                let type = typeOrder[Int(key >> 32)]
                let other = order[Int(truncatingIfNeeded: key & 0xFFFF_FFFF)]
                links.append(Link(other: other, type: type, count: 1))
                back.add(other, type, UInt32(source))
                targets[Int(type)].insert(other)
                if links.count < 2 || links[links.count - 2].type != type { showing[Int(type)].insert(UInt32(source)) }
            }
            links.withUnsafeBufferPointer { shown.set(source, to: $0) }
        }
        var incoming = GroupedElements(count: shown.count, by: back.sources) { place in
            Link(other: back.targets[place], type: back.types[place], count: 1)
        }
        incoming.forEach { target, links in
            if !links.isEmpty { self.incoming.set(target, to: UnsafeBufferPointer(links)) }
        }
    }

    /// One edge that began or ceased to be shown.
    struct Difference {
        let source: UInt32
        let link: Link
        let isShown: Bool
    }

    /// Takes what `owner` declared away and adds what it declares now; returns what that changed of what is shown.
    mutating func replace(
        _ old: [Declaration], with new: [Declaration], of owner: UInt32, _ references: ReferenceTable,
        _ texts: TextArena
    ) -> [Difference] {
        if old == new { return [] }
        let kept = old.isEmpty || new.isEmpty ? [] : Set(old).intersection(new)
        var differences: [Difference] = []
        for edge in old where !kept.contains(edge) {
            if let gone = remove(edge, owner, references, texts) { differences.append(gone) }
        }
        for edge in new where !kept.contains(edge) {
            if let added = add(edge, owner, references, texts) { differences.append(added) }
        }
        return differences
    }

    private mutating func add(
        _ edge: Declaration, _ owner: UInt32, _ references: ReferenceTable, _ texts: TextArena
    ) -> Difference? {
        let (source, target) = edge.isOutgoing ? (owner, edge.other) : (edge.other, owner)
        let place = place(of: target, edge.type, on: source, references, texts)
        if place.isFound {
            var link = shown.element(place.index, of: Int(source))
            link.count &+= 1
            shown.replace(at: place.index, in: Int(source), with: link)
            return nil
        }
        let link = Link(other: target, type: edge.type, count: 1)
        shown.insert(link, at: place.index, in: Int(source))
        incoming.append(Link(other: source, type: edge.type, count: 1), to: Int(target))
        showing[Int(edge.type)].insert(source)
        targets[Int(edge.type)].insert(target)
        return Difference(source: source, link: link, isShown: true)
    }

    private mutating func remove(
        _ edge: Declaration, _ owner: UInt32, _ references: ReferenceTable, _ texts: TextArena
    ) -> Difference? {
        let (source, target) = edge.isOutgoing ? (owner, edge.other) : (edge.other, owner)
        let place = place(of: target, edge.type, on: source, references, texts)
        guard place.isFound else { return nil }
        var link = shown.element(place.index, of: Int(source))
        if link.count > 1 {
            link.count &-= 1
            shown.replace(at: place.index, in: Int(source), with: link)
            return nil
        }
        shown.remove(at: place.index, in: Int(source))
        let back = links(to: target) { $0.firstIndex { $0.other == source && $0.type == edge.type } }
        if let back { incoming.remove(at: back, in: Int(target)) }
        if !links(of: source, { $0.contains { $0.type == edge.type } }) { showing[Int(edge.type)].remove(source) }
        return Difference(source: source, link: link, isShown: false)
    }

    private func place(
        of target: UInt32, _ type: UInt16, on source: UInt32, _ references: ReferenceTable, _ texts: TextArena
    ) -> (index: Int, isFound: Bool) {
        let name = types[Int(type)]
        return links(of: source) { links in
            var low = 0
            var high = links.count
            while low < high {
                let middle = (low + high) / 2
                let link = links[middle]
                let isBefore =
                    link.type == type
                    ? references.compare(link.other, target, texts) < 0 : types[Int(link.type)] < name
                if isBefore { low = middle + 1 } else { high = middle }
            }
            return (low, low < links.count && links[low].other == target && links[low].type == type)
        }
    }
}

/// The graph of one index, by references.
package struct RelationView {
    let index: CatalogIndex

    /// Distinct edges shown on an entity, sorted by type and target as upstream sorts them.
    package func edges(of reference: String) -> [RelationGraph.Edge] { edges(of: reference, types: nil, most: .max) }

    /// The first edges of each of some types (nil: of all types).
    package func edges(of reference: String, types: Set<String>?, most: Int) -> [RelationGraph.Edge] {
        guard let number = index.references.existingNumber(of: reference, index.texts) else { return [] }
        let names = index.relations.types
        let isWanted = names.map { types?.contains($0) ?? true }
        var counts = [Int](repeating: 0, count: names.count)
        var edges: [RelationGraph.Edge] = []
        index.relations.links(of: number) { links in
            for link in links where isWanted[Int(link.type)] && counts[Int(link.type)] < most {
                counts[Int(link.type)] += 1
                edges.append(.init(type: names[Int(link.type)], target: index.references.text(link.other, index.texts)))
            }
        }
        return edges
    }
}
