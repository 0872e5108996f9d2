import Synchronization

/// Hands notifications to the streams of this process.
final class NotificationHub: Sendable {
    private struct Listeners {
        var next = 0
        var byChannel: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
        var isClosed = false
    }

    private let listeners = Mutex(Listeners())

    /// A stream that holds at most one notification that nobody has taken yet.
    func stream(_ channel: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = listeners.withLock { listeners in
            if listeners.isClosed { return nil }
            listeners.next += 1
            listeners.byChannel[channel, default: [:]][listeners.next] = continuation
            return listeners.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0.byChannel[channel]?.removeValue(forKey: number) }
        }
        return stream
    }

    func broadcast(_ channel: String) {
        let continuations = listeners.withLock { Array(($0.byChannel[channel] ?? [:]).values) }
        for continuation in continuations { continuation.yield() }
    }

    func broadcastToAll() {
        for channel in listeners.withLock({ Array($0.byChannel.keys) }) { broadcast(channel) }
    }

    /// Ends all streams, and those asked for later.
    func close() {
        let all = listeners.withLock { listeners in
            listeners.isClosed = true
            defer { listeners.byChannel = [:] }
            return listeners.byChannel.values.flatMap(\.values)
        }
        for continuation in all { continuation.finish() }
    }
}
