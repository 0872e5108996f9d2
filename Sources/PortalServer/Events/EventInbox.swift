import PortalKit
import Synchronization

/// What is to be written next: the newest event alone, however slowly it is read, or a sign of life.
final class EventInbox: Sendable {
    /// Says nothing to the browser.
    private static let heartbeat = ":\n\n"

    private let newest = Mutex<ServerEvent?>(nil)
    private let wake: AsyncStream<Void>.Continuation
    /// One for each time that there is something to write.
    let wakes: AsyncStream<Void>

    init() { (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func put(_ event: ServerEvent) {
        newest.withLock { $0 = event }
        wake.yield()
    }

    func beat() { wake.yield() }

    func close() { wake.finish() }

    func take() -> String {
        newest.withLock { event in
            defer { event = nil }
            return event?.text ?? Self.heartbeat
        }
    }
}
