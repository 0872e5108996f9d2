public import EntityModel

/// The wire form of errors, in Backstage's shape; made here and nowhere else.
public enum ErrorBody {
    /// `{error: {name, message, …}, request: {method, url}, response: {statusCode}}`
    /// - Parameter id: of the request; told where it failed on our side, by `request.id`, so that somebody can quote it.
    public static func json(_ error: PortalError, method: String, url: String, id: String? = nil) -> JSONValue {
        var details: JSONObject = ["name": .string(error.kind.rawValue), "message": .string(error.message)]
        for (key, value) in error.metadata.members where details[key] == nil { details[key] = value }
        var request: JSONObject = ["method": .string(method), "url": .string(url)]
        if let id, error.kind.statusCode >= 500 { request["id"] = .string(id) }
        return [
            "error": .object(details),
            "request": .object(request),
            "response": ["statusCode": .number(Double(error.kind.statusCode))],
        ]
    }
}
