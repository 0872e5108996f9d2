import EntityModel
import PortalKit

/// What may be registered: a location of an allowed type with an address that can be read and kept.
enum RegistrableLocation {
    /// - Throws: `PortalError` of kind `input`.
    static func make(type: String, target: String, _ settings: CatalogSettings) throws -> LocationReference {
        let allowed = settings.registrableTypes
        guard allowed.contains(type) else {
            throw PortalError(
                .input, "Registered locations must be of an allowed type (\(allowed.sorted().joined(separator: ", ")))")
        }
        guard let url = URLReference.parse(target) else {
            throw PortalError(.input, "The target \(URLReference.shown(target)) \(URLReference.refusal(of: target))")
        }
        let location = LocationReference(type: type, target: url.text)
        guard location.description.utf8.count <= LocationReading.longestLocation else {
            throw PortalError(.input, "The target is longer than \(LocationReading.longestLocation) bytes")
        }
        return location
    }

    static func refuseReadonly(_ settings: CatalogSettings) throws {
        if settings.isReadonly { throw PortalError(.notAllowed, "This operation not allowed in readonly mode") }
    }
}
