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

    /// The body as a JSON object with at least one member, where a request without any says nothing.
    /// - Throws: `PortalError` of kind `input`.
    public static func filledObject(_ request: PortalRequest) throws -> JSONValue {
        let value = try object(request)
        if value.object?.keys.isEmpty != false { throw PortalError(.input, "Empty request body") }
        return value
    }

    /// Refuses members that nobody reads: what a client means by them must not be dropped in silence.
    /// - Throws: `PortalError` of kind `input` that names the first of them.
    public static func refuseOthers(in body: JSONValue, than known: Set<String>) throws {
        guard let key = body.object?.keys.first(where: { !known.contains($0) }) else { return }
        throw PortalError(
            .input,
            "request/body must NOT have additional properties: '\(key)' is none of "
                + known.sorted().joined(separator: ", "))
    }
}
