import EntityModel

/// How much groups own together with the groups below them.
enum OwnerCounts {
    typealias Count = (value: String, count: Int)

    private static let deepest = 12

    /// Counts of owners, and of the groups above them, which may own nothing themselves. What two groups own together
    /// is counted twice: this says which have most.
    static func withAncestors(_ direct: [Count], _ catalog: AuthorizedCatalog) -> [Count] {
        var counts: [String: Int] = [:]
        for (value, count) in direct {
            var reference = value
            var passed: Set<String> = []
            while passed.count < deepest, passed.insert(reference).inserted {
                counts[reference, default: 0] += count
                guard catalog.slot(reference: reference) != nil,
                    let parent = catalog.index.graph.edges(of: reference, types: ["childOf"], most: 1).first?.target
                else { break }
                reference = parent
            }
        }
        return counts.map { ($0.key, $0.value) }
    }

    /// The same owner with what it and the groups below it own.
    static func counted(_ one: Count, within scope: Bitmap, _ catalog: AuthorizedCatalog) -> Count {
        let owners = GroupTree.below([one.value], catalog)
        let owned = catalog.matches(.oneOf(key: "relations.ownedby", values: owners))
        return (one.value, scope.countShared(with: owned))
    }
}
