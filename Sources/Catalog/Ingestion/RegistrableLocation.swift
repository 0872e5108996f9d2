import EntityModel
import PortalKit

/// What may be registered: a location of an allowed type with an address that can be read and kept.
enum RegistrableLocation {
    /// Why it may not.
    enum Problem: Error, Sendable, Hashable {
        case type(allowed: [String])
        /// No address that anybody could read, as it may be shown.
        case target(String, holdsSecret: Bool)
        case tooLong

        /// As the API says it.
        var message: String {
            switch self {
            case .type(let allowed):
                "Registered locations must be of an allowed type (\(allowed.joined(separator: ", ")))"
            case .target(let shown, let holdsSecret):
                "The target \(shown) \(URLReference.refusal(holdsSecret: holdsSecret))"
            case .tooLong: "The target is longer than \(LocationReading.longestLocation) bytes"
            }
        }
    }

    static func checked(
        type: String, target: String, _ settings: CatalogSettings
    ) throws(Problem) -> LocationReference {
        let allowed = settings.registrableTypes
        guard allowed.contains(type) else { throw .type(allowed: allowed.sorted()) }
        guard let url = URLReference.parse(target) else {
            throw .target(URLReference.shown(target), holdsSecret: URLReference.holdsSecret(target))
        }
        let location = LocationReference(type: type, target: url.text)
        guard location.description.utf8.count <= LocationReading.longestLocation else { throw .tooLong }
        return location
    }

    /// - Throws: `PortalError` of kind `input`.
    static func make(type: String, target: String, _ settings: CatalogSettings) throws -> LocationReference {
        do { return try checked(type: type, target: target, settings) } catch {
            throw PortalError(.input, error.message)
        }
    }

    static func refuseReadonly(_ settings: CatalogSettings) throws {
        if settings.isReadonly { throw PortalError(.notAllowed, "This operation not allowed in readonly mode") }
    }
}
