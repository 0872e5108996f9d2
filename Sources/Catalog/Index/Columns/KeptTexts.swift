import Synchronization

/// What entities are called in one version: the same teams and systems stand on every page, and nothing of a version
/// changes.
final class KeptTexts: Sendable {
    private static let mostKept = 4_096

    private let kept = Mutex<[UInt32: String]>([:])

    /// What was made for a slot before, or is now.
    func text(of slot: UInt32, _ make: () -> String) -> String {
        if let known = kept.withLock({ $0[slot] }) { return known }
        let made = make()
        kept.withLock { kept in
            if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
            kept[slot] = made
        }
        return made
    }
}
