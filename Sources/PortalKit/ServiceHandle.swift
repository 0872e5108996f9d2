import Synchronization

/// A service that becomes available once every plugin is made: what lets plugins use each other's services
/// without an order among them.
public final class ServiceHandle<Service: Sendable>: Sendable {
    private let name: String
    private let bound = Mutex<Service?>(nil)

    public init(_ name: String) { self.name = name }

    /// The service.
    /// - Throws: `PortalError` of kind `internal` when used before boot has finished or when nobody provides it.
    public var service: Service {
        get throws {
            guard let service = bound.withLock({ $0 }) else {
                throw PortalError(
                    .internal, "The service \(name) was used before it was ready, or no plugin provides it.")
            }
            return service
        }
    }

    /// Binds the service; called once, by the boot sequence or a test.
    public func bind(_ service: Service) { bound.withLock { $0 = service } }
}
