public import EntityModel
import HTTPTypes

extension PortalRequest {
    /// The fields of a form, as browsers send those without files; none where nothing was sent.
    /// - Throws: `PortalError` of kind `input` where the body is something else.
    public var form: QueryParameters {
        get throws {
            if body.isEmpty { return QueryParameters("") }
            let type = headers[.contentType] ?? ""
            let media = type.split(separator: ";").first?.trimmed.lowercased() ?? ""
            guard media == "application/x-www-form-urlencoded" else {
                let found = type.isEmpty ? "it came without a Content-Type" : "it came as \(type)"
                throw PortalError(.input, "The form must be sent as application/x-www-form-urlencoded; \(found)")
            }
            return QueryParameters(String(decoding: body, as: UTF8.self))
        }
    }

    /// What the person chose for the device at hand, else what the browser asks for.
    public var language: Language { ViewPreferences(of: headers).language ?? .preferred(by: headers) }
}

extension QueryParameters {
    /// The entities that a repeated field names.
    /// - Throws: `PortalError` of kind `input` that names the first text that is no reference.
    public func references(_ name: String) throws -> [EntityReference] {
        try all(name).map { text in
            do { return try EntityReference(parsing: text) } catch { throw PortalError(.input, "\(error)") }
        }
    }
}
