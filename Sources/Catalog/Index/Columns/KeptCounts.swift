import Synchronization

/// The counts that pages of one version have asked for: many people look at the same lists, and nothing of a version
/// changes.
///
/// Kept by the very set of slots that was counted, so that nobody is served what others may see.
final class KeptCounts: Sendable {
    /// What was counted.
    struct Question: Hashable, Sendable {
        let key: String
        let prefix: String?
        let most: Int
        let scope: Bitmap
        /// What may be seen at all, where the counts depend on that too.
        var visible: Bitmap?

        /// The sets of one page differ in little else, and are compared whole.
        func hash(into hasher: inout Hasher) {
            hasher.combine(key)
            hasher.combine(most)
            hasher.combine(scope.mixed)
        }
    }

    typealias Counts = [(value: String, count: Int)]

    /// A set is as large as the catalog is, at one bit for each entity.
    private static let mostBytes = 2 << 20
    private static let mostKept = 128

    private let kept = Mutex<[Question: Counts]>([:])

    /// What was counted before, or is now.
    func counts(_ question: Question, _ count: () -> Counts) -> Counts {
        if let known = kept.withLock({ $0[question] }) { return known }
        let counted = count()
        let most = min(Self.mostKept, max(8, Self.mostBytes / max(1, question.scope.byteCount)))
        kept.withLock { kept in
            // Which of them is asked for again nobody knows; all are soon counted anew.
            if kept.count >= most { kept.removeAll(keepingCapacity: true) }
            kept[question] = counted
        }
        return counted
    }
}

extension IndexVersion {
    /// The same as the index's own, which counts each question once.
    func topValues(
        of key: String, within scope: Bitmap, most: Int, prefix: String? = nil
    ) -> [(value: String, count: Int)] {
        keptCounts.counts(.init(key: key, prefix: prefix, most: most, scope: scope)) {
            index.topValues(of: key, within: scope, most: most, prefix: prefix)
        }
    }
}
