import Synchronization

/// A page of memory that texts or bodies are written to one after another.
///
/// Copies of a value share its last page: whoever first claims the bytes at its free end has them.
final class BytePage: Sendable {
    nonisolated(unsafe) private let memory: PinnedMemory<UInt8>
    private let written = Mutex(0)

    /// - Parameter room: bytes that may be written.
    init(room: Int) { memory = .make(capacity: room) }

    var base: UnsafeMutablePointer<UInt8> { memory.base }

    /// Whether the bytes after the first `used` were free and now belong to the caller.
    func claim(_ count: Int, after used: Int) -> Bool {
        written.withLock { written in
            guard written == used, used + count <= memory.room else { return false }
            written = used + count
            return true
        }
    }
}
