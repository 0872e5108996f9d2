import Synchronization

/// Sets that were made of others, for one version: many people see the same, and nothing of a version changes.
final class KeptSets: Sendable {
    private static let mostKept = 8

    private let kept = Mutex<[(of: Bitmap, set: Bitmap)]>([])

    /// What was made of a set before, or is now.
    func set(of other: Bitmap, _ make: () -> Bitmap) -> Bitmap {
        if let known = kept.withLock({ $0 }).first(where: { $0.of == other }) { return known.set }
        let made = make()
        kept.withLock { kept in
            if kept.count >= Self.mostKept { kept.removeFirst() }
            kept.append((other, made))
        }
        return made
    }
}
