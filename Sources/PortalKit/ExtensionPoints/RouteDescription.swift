public import EntityModel
public import HTTPTypes

/// What one route of an API takes and answers, for `GET /api/callboard/openapi.json`. It stands beside the route; a test
/// holds that every route which is no page is described, and that nothing else is.
///
/// What holds for all is added: parameters of the path, and the answers to what is malformed, not signed in, not allowed
/// or too large.
public struct RouteDescription: Contribution {
    public let method: HTTPRequest.Method
    /// As the route has it: `/api/catalog/entities/by-uid/{uid}`.
    public let path: String
    /// An operation of OpenAPI 3.1.
    public let operation: JSONObject
    /// What the operation refers to, by group and name: `schemas`, `parameters`, `responses`.
    public let components: JSONObject

    /// - Parameters:
    ///   - name: the `operationId`, which is nobody else's.
    ///   - group: under which the route is shown.
    ///   - errors: what else than the usual can go wrong; `.notFound` and so on.
    public init(
        _ method: HTTPRequest.Method, _ path: String, name: String, group: String, _ summary: String,
        parameters: [Parameter] = [], body: Body? = nil, answers: [Answer], errors: [PortalError.Kind] = []
    ) {
        var operation: JSONObject = [
            "operationId": .string(name), "tags": [.string(group)], "summary": .string(summary),
        ]
        if !parameters.isEmpty { operation["parameters"] = .array(parameters.map(\.json)) }
        if let body { operation["requestBody"] = body.json }
        let all = answers + errors.map { Answer($0.statusCode, reference: $0.rawValue) }
        operation["responses"] = .object(JSONObject(all.map { (String($0.status), $0.json) }))
        self.init(method, path, operation: operation)
    }

    /// One that is written as OpenAPI already.
    public init(_ method: HTTPRequest.Method, _ path: String, operation: JSONObject, components: JSONObject = [:]) {
        self.method = method
        self.path = path
        self.operation = operation
        self.components = components
    }
}

extension RouteDescription {
    /// A parameter. Those of the path need no description where their names say all.
    public struct Parameter: Sendable {
        let json: JSONValue

        /// - Parameters:
        ///   - schema: a JSON Schema; of a list, each value is a parameter of its own.
        ///   - isJoined: the values of a list stand in one parameter, with commas between.
        public static func query(
            _ name: String, _ schema: JSONValue, _ summary: String, isRequired: Bool = false, isJoined: Bool = false,
            example: JSONValue? = nil
        ) -> Parameter {
            var json = object(name, "query", schema, summary, isRequired: isRequired)
            if schema["type"] == "array" {
                json["style"] = "form"
                json["explode"] = .bool(!isJoined)
            }
            json["example"] = example
            return Parameter(json: .object(json))
        }

        public static func header(
            _ name: String, _ schema: JSONValue, _ summary: String, isRequired: Bool = false
        ) -> Parameter {
            Parameter(json: .object(object(name, "header", schema, summary, isRequired: isRequired)))
        }

        public static func path(
            _ name: String, _ schema: JSONValue, _ summary: String, example: JSONValue? = nil
        ) -> Parameter {
            var json = object(name, "path", schema, summary, isRequired: true)
            json["example"] = example
            return Parameter(json: .object(json))
        }

        /// One that is described among the components of another route of the same plugin.
        public static func shared(_ name: String) -> Parameter {
            Parameter(json: ["$ref": .string("#/components/parameters/\(name)")])
        }

        /// For routes with an ETag.
        public static let ifNoneMatch = header(
            "If-None-Match", ["type": "string"], "The ETag of an answer that the client has.")

        private static func object(
            _ name: String, _ place: String, _ schema: JSONValue, _ summary: String, isRequired: Bool
        ) -> JSONObject {
            [
                "name": .string(name), "in": .string(place), "required": .bool(isRequired),
                "description": .string(summary), "schema": schema,
            ]
        }
    }

    /// A body that is sent, JSON unless it is said otherwise.
    public struct Body: Sendable {
        let json: JSONValue

        public init(_ schema: JSONValue, as mediaType: String = "application/json", example: JSONValue? = nil) {
            var content: JSONObject = ["schema": schema]
            content["example"] = example
            json = ["required": true, "content": .object([mediaType: .object(content)])]
        }
    }

    /// What is answered where all is well.
    public struct Answer: Sendable {
        public let status: Int
        let json: JSONValue

        /// JSON after a schema.
        public static func json(_ status: Int, _ schema: JSONValue, _ summary: String) -> Answer {
            content(status, ["application/json": schema], summary)
        }

        /// A body in one of some media types, each with its schema.
        public static func content(_ status: Int, _ contents: JSONObject, _ summary: String) -> Answer {
            let content = contents.members.map { ($0.key, JSONValue.object(["schema": $0.value])) }
            return Answer(
                status: status, json: ["description": .string(summary), "content": .object(JSONObject(content))])
        }

        /// No body.
        public static func empty(_ status: Int, _ summary: String) -> Answer {
            Answer(status: status, json: ["description": .string(summary)])
        }

        /// 304, for routes with an ETag.
        public static let notModified = empty(304, "The client's answer is still right.")

        init(status: Int, json: JSONValue) {
            self.status = status
            self.json = json
        }

        init(_ status: Int, reference: String) {
            self.init(status: status, json: ["$ref": .string("#/components/responses/\(reference)")])
        }
    }
}

/// Schemas that are often needed.
extension JSONValue {
    /// The schema of an object with some members.
    /// - Parameters:
    ///   - optional: members that may be absent.
    ///   - isOpen: it may have others, too.
    public static func schema(
        _ members: JSONObject, optional: Set<String> = [], isOpen: Bool = false
    ) -> JSONValue {
        [
            "type": "object", "properties": .object(members),
            "required": .array(members.keys.filter { !optional.contains($0) }.map(JSONValue.string)),
            "additionalProperties": .bool(isOpen),
        ]
    }

    /// The schema of a list.
    public static func list(of schema: JSONValue) -> JSONValue { ["type": "array", "items": schema] }

    /// The schema of a text.
    public static let text: JSONValue = ["type": "string"]
}
