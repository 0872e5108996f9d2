import Synchronization

/// What a test turns on, and what it counts.
final class Switch: Sendable {
    private let state = Mutex((isOn: false, counted: 0))

    var isOn: Bool { state.withLock { $0.isOn } }
    var counted: Int { state.withLock { $0.counted } }

    func turnOn() { state.withLock { $0.isOn = true } }
    func count() { state.withLock { $0.counted += 1 } }
}
