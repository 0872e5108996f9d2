import Synchronization

/// The hosts of `backend.reading.allow`, which a change of the configuration exchanges while the portal runs.
///
/// Lowercased, `*.` in front for everything below, with a port where one is meant.
final class TrustedHosts: Sendable {
    private let hosts: Mutex<[String]>

    init(_ hosts: [String] = []) { self.hosts = Mutex(hosts) }

    var current: [String] { hosts.withLock { $0 } }

    func exchange(for next: [String]) { hosts.withLock { $0 = next } }
}
