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
    struct Link: Sendable {
        let other: UInt32
        let type: UInt16
        /// How many entities declare it.
        var count: UInt16
    }

    /// An edge as one entity declares it: to the other, or from the other to itself.
    struct Declaration: Sendable, Hashable {
        let other: UInt32
        let type: UInt16
        let isOutgoing: Bool
    }

    private(set) var types: [String] = []
    private var numberOfType: [String: UInt16] = [:]
    /// By reference number: what is shown on it, by type and target as upstream sorts them.
    private var shown = ChunkedArray<[Link]>()
    /// By reference number: who shows an edge to it; in no order.
    private var incoming = ChunkedArray<[Link]>()
    /// By type: the references on which any edge of it is shown.
    private(set) var showing: [Bitmap] = []
    /// By type: the references that an edge of it leads to, and some that none leads to any more.
    private(set) var targets: [Bitmap] = []

    /// Makes room for references up to a number.
    mutating func reserve(_ count: Int) {
        while shown.count < count {
            shown.append([])
            incoming.append([])
        }
    }

    mutating func type(_ name: String) -> UInt16 {
        if let number = numberOfType[name] { return number }
        let number = UInt16(truncatingIfNeeded: types.count)
        types.append(name)
        numberOfType[name] = number
        showing.append(Bitmap())
        targets.append(Bitmap())
        return number
    }

    /// The types whose search key is `relations.<name>`, whatever their case.
    func types(lowered name: String) -> [UInt16] {
        types.indices.filter { types[$0].lowercased() == name }.map { UInt16($0) }
    }

    /// References that an edge of one of the types may lead to.
    func targets(of types: [UInt16]) -> Bitmap {
        types.reduce(into: Bitmap()) { $0.formUnion(targets[Int($1)]) }
    }

    func links(of number: UInt32) -> [Link] { Int(number) < shown.count ? shown[Int(number)] : [] }
    func linksTo(_ number: UInt32) -> [Link] { Int(number) < incoming.count ? incoming[Int(number)] : [] }

    /// Takes edges of an entity that is new, without looking for their places; `settle` must follow.
    mutating func gather(_ declared: [Declaration], of owner: UInt32) {
        for edge in declared {
            let (source, target) = edge.isOutgoing ? (owner, edge.other) : (edge.other, owner)
            shown[Int(source)].append(Link(other: target, type: edge.type, count: 1))
        }
    }

    /// Brings gathered edges into their order and makes of them what leads back.
    mutating func settle(_ references: ReferenceTable, _ texts: TextArena) {
        var rank = [UInt16](repeating: 0, count: types.count)
        for (place, number) in types.indices.sorted(by: { types[$0] < types[$1] }).enumerated() {
            rank[number] = UInt16(place)
        }
        for source in 0..<UInt32(shown.count) where !shown[Int(source)].isEmpty {
            shown[Int(source)].sort { left, right in
                left.type == right.type
                    ? left.other != right.other && references.compare(left.other, right.other, texts) < 0
                    : rank[Int(left.type)] < rank[Int(right.type)]
            }
            merge(source)
            for link in shown[Int(source)] {
                incoming[Int(link.other)].append(Link(other: source, type: link.type, count: 1))
                showing[Int(link.type)].insert(source)
                targets[Int(link.type)].insert(link.other)
            }
        }
    }

    /// Makes one of links that are the same, in a sorted list.
    private mutating func merge(_ source: UInt32) {
        var kept = 0
        let links = shown[Int(source)]
        for index in links.indices.dropFirst() {
            if links[index].other == links[kept].other, links[index].type == links[kept].type {
                shown[Int(source)][kept].count &+= 1
            } else {
                kept += 1
                shown[Int(source)][kept] = links[index]
            }
        }
        if kept + 1 < links.count { shown[Int(source)].removeSubrange((kept + 1)...) }
    }

    /// How many of the slots show an edge of one of the types to a reference.
    func count(to number: UInt32, types: [UInt16], within scope: Bitmap) -> Int {
        guard Int(number) < incoming.count, let only = types.first else { return 0 }
        let isOne = types.count == 1
        return incoming[Int(number)].withUnsafeBufferPointer { links in
            scope.withWords { words in
                var count = 0
                for link in links where isOne ? link.type == only : types.contains(link.type) {
                    let word = Int(link.other >> 6)
                    if word < words.count, words[word] & (1 << UInt64(link.other & 63)) != 0 { count += 1 }
                }
                return count
            }
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
            shown[Int(source)][place.index].count &+= 1
            return nil
        }
        let link = Link(other: target, type: edge.type, count: 1)
        shown[Int(source)].insert(link, at: place.index)
        incoming[Int(target)].append(Link(other: source, type: edge.type, count: 1))
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
        let link = shown[Int(source)][place.index]
        if link.count > 1 {
            shown[Int(source)][place.index].count &-= 1
            return nil
        }
        shown[Int(source)].remove(at: place.index)
        if let index = incoming[Int(target)].firstIndex(where: { $0.other == source && $0.type == edge.type }) {
            incoming[Int(target)].swapAt(index, incoming[Int(target)].count - 1)
            incoming[Int(target)].removeLast()
        }
        if !shown[Int(source)].contains(where: { $0.type == edge.type }) { showing[Int(edge.type)].remove(source) }
        return Difference(source: source, link: link, isShown: false)
    }

    private func place(
        of target: UInt32, _ type: UInt16, on source: UInt32, _ references: ReferenceTable, _ texts: TextArena
    ) -> (index: Int, isFound: Bool) {
        let links = shown[Int(source)]
        let name = types[Int(type)]
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
        for link in index.relations.links(of: number) where isWanted[Int(link.type)] && counts[Int(link.type)] < most {
            counts[Int(link.type)] += 1
            edges.append(.init(type: names[Int(link.type)], target: index.references.text(link.other, index.texts)))
        }
        return edges
    }
}
