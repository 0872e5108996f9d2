/// Which sources lead to which: found again from the roots whenever a way is gone, because locations may point at
/// each other in circles that counting references would keep alive.
struct SourceGraph: Sendable {
    struct Source: Sendable, Hashable {
        let id: Int64
        let isRoot: Bool
        /// The id of the root through which the source is known; itself for a root.
        let origin: Int64
    }

    struct Outcome: Sendable, Hashable {
        /// No root leads to them any more.
        var unreachable: Set<Int64> = []
        /// Sources whose origin no longer leads to them, and the root that does.
        var moved: [Int64: Int64] = [:]
    }

    var sources: [Int64: Source]
    var children: [Int64: [Int64]]

    /// Linear in sources and edges.
    func outcome() -> Outcome {
        var reachedFrom: [Int64: Set<Int64>] = [:]
        var kept: Set<Int64> = []
        for root in sources.values.filter(\.isRoot).map(\.id).sorted() {
            kept.insert(root)
            // First along the ways that keep every source's origin, so that as few as possible change theirs.
            for found in walk(from: root, only: { sources[$0]?.origin == root }) { kept.insert(found) }
        }
        var outcome = Outcome()
        for root in sources.values.filter(\.isRoot).map(\.id).sorted() {
            for found in walk(from: root, only: { reachedFrom[$0] == nil }) {
                reachedFrom[found] = [root]
                if !kept.contains(found), sources[found]?.isRoot == false { outcome.moved[found] = root }
            }
        }
        outcome.unreachable = Set(sources.keys.filter { reachedFrom[$0] == nil })
        return outcome
    }

    private func walk(from root: Int64, only isWanted: (Int64) -> Bool) -> Set<Int64> {
        var found: Set<Int64> = [root]
        var waiting = [root]
        while let id = waiting.popLast() {
            for child in children[id] ?? [] where !found.contains(child) && sources[child] != nil {
                if !isWanted(child) { continue }
                found.insert(child)
                waiting.append(child)
            }
        }
        return found
    }
}
