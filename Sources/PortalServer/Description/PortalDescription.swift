import EntityModel
import HTTPTypes
import PortalKit

/// The description of everything that the portal serves but pages, in OpenAPI 3.1, put together from what stands beside
/// the routes.
struct PortalDescription: Sendable {
    let routes: [Route]
    let descriptions: [RouteDescription]

    /// The errors that any route can answer, by what they mean to a caller.
    private static let errors: [(kind: PortalError.Kind, summary: String)] = [
        (.input, "The request is malformed; the message names what and where."),
        (.authentication, "There are no credentials, or they are wrong or expired."),
        (.notAllowed, "The policy does not allow it, or the portal is read-only."),
        (.notFound, "There is no such thing, or the caller may not see it."),
        (.conflict, "It exists already."), (.requestTimeout, "The body did not arrive in time."),
        (.tooLarge, "The body is larger than is read."),
        (.unavailable, "The database, or what else it needs, does not answer now; the same may succeed later."),
    ]

    var json: JSONValue {
        var paths = JSONObject()
        var components = Self.components
        let access = Dictionary(routes.map { (Self.key($0.method, $0.path), $0) }) { first, _ in first }
        for description in descriptions.sorted(by: { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }) {
            guard let route = access[Self.key(description.method, description.path)] else { continue }
            let path = description.path.replacing("*}", with: "}")
            var item = paths[path]?.object ?? [:]
            item[description.method.rawValue.lowercased()] = .object(Self.complete(description, of: route))
            paths[path] = .object(item)
            Self.join(description.components, into: &components)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Callboard", "version": .string(CallboardVersion.current),
                "description": .string(
                    "Everything that this portal serves but pages. HEAD is answered wherever GET is. "
                        + "A method that a path does not have is answered 405 with `Allow`."),
            ],
            "servers": [["url": "/"]], "security": [["bearer": []], ["session": []]],
            "paths": .object(paths), "components": .object(components),
        ]
    }

    /// Names a route.
    static func key(_ method: HTTPRequest.Method, _ path: String) -> String { "\(method.rawValue) \(path)" }

    /// The operation with what its route says of itself.
    private static func complete(_ description: RouteDescription, of route: Route) -> JSONObject {
        var operation = description.operation
        let shared = description.components["parameters"]
        let known = (operation["parameters"]?.array ?? []).compactMap { parameter in
            let named = parameter["$ref"]?.string?.split(separator: "/").last.flatMap { shared?[String($0)] }
            return (named ?? parameter)["name"]?.string
        }
        let missing = names(in: route.path).filter { !known.contains($0) }
        if !missing.isEmpty {
            let added = missing.map(parameter)
            operation["parameters"] = .array(added + (operation["parameters"]?.array ?? []))
        }
        var answers = operation["responses"]?.object ?? [:]
        for kind in usual(route, hasBody: operation["requestBody"] != nil) where answers[status(kind)] == nil {
            answers[status(kind)] = ["$ref": .string("#/components/responses/\(kind.rawValue)")]
        }
        operation["responses"] = .object(answers)
        if case .open = route.access { operation["security"] = [] }
        return operation
    }

    private static func status(_ kind: PortalError.Kind) -> String { String(kind.statusCode) }

    private static func usual(_ route: Route, hasBody: Bool) -> [PortalError.Kind] {
        var kinds: [PortalError.Kind] = [.input]
        switch route.access {
        case .open: break
        case .authenticated, .permission: kinds += [.authentication, .notAllowed]
        }
        return hasBody ? kinds + [.requestTimeout, .tooLarge] : kinds
    }

    private static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            segment.filter { !"{}*".contains($0) }
        }
    }

    private static func parameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1],
        ]
    }

    /// What two features have under one name is the same; a test holds them to it.
    private static func join(_ other: JSONObject, into components: inout JSONObject) {
        for (group, members) in other.members {
            var joined = components[group]?.object ?? [:]
            for (name, value) in members.object?.members ?? [] where joined[name] == nil { joined[name] = value }
            components[group] = .object(joined)
        }
    }

    private static var components: JSONObject {
        let answers = errors.map { kind, summary -> (String, JSONValue) in
            (
                kind.rawValue,
                [
                    "description": .string(summary),
                    "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
                ]
            )
        }
        let request = JSONValue.schema(["method": .text, "url": .text])
        let response = JSONValue.schema(["statusCode": ["type": "integer"]])
        let error = JSONValue.schema(["name": .text, "message": .text], isOpen: true)
        return [
            "securitySchemes": [
                "bearer": ["type": "http", "scheme": "bearer"],
                "session": ["type": "apiKey", "in": "cookie", "name": "callboard-session"],
            ],
            "schemas": [
                "Error": .schema(
                    ["error": error, "request": request, "response": response], optional: ["request"])
            ],
            "responses": .object(JSONObject(answers)),
        ]
    }
}
