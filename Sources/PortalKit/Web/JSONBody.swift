public import EntityModel
import HTTPTypes

/// Reads JSON bodies with upstream's checks and wording.
public enum JSONBody {
    /// The body as a non-empty JSON object.
    /// - Throws: `PortalError` of kind `input`.
    public static func object(_ request: PortalRequest) throws -> JSONValue {
        guard let type = request.headers[.contentType] else { throw PortalError(.input, "Content-Type missing") }
        let media = type.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard media == "application/json" else { throw PortalError(.input, "Illegal Content-Type \(type)") }
        if request.body.isEmpty { throw PortalError(.input, "Missing request body") }
        let value: JSONValue
        do {
            value = try JSONParser.parse(request.body)
        } catch {
            throw PortalError(.input, "The request body is not valid JSON: \(error)")
        }
        guard case .object = value else { throw PortalError(.input, "Expected body to be a JSON object") }
        return value
    }
}
