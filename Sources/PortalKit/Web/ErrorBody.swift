public import EntityModel

/// The wire form of errors, in Backstage's shape; made here and nowhere else.
public enum ErrorBody {
    /// `{error: {name, message, …}, request: {method, url}, response: {statusCode}}`
    public static func json(_ error: PortalError, method: String, url: String) -> JSONValue {
        var details: JSONObject = ["name": .string(error.kind.rawValue), "message": .string(error.message)]
        for (key, value) in error.metadata.members where details[key] == nil { details[key] = value }
        return [
            "error": .object(details),
            "request": ["method": .string(method), "url": .string(url)],
            "response": ["statusCode": .number(Double(error.kind.statusCode))],
        ]
    }
}
