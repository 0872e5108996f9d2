import HTTPTypes
import PortalKit

/// Finds the route of a request. Segments are compared decoded, so an encoded slash never makes a new segment.
struct Router: Sendable {
    enum Match {
        case route(Route, parameters: [String: String])
        /// The path exists, with other methods.
        case wrongMethod(allowed: [String])
        case none
    }

    private struct Node {
        var literals: [String: Node] = [:]
        var parameter: [Node] = []
        var parameterName = ""
        var rest: (name: String, routes: [HTTPRequest.Method: Route])?
        var routes: [HTTPRequest.Method: Route] = [:]
    }

    /// Longer paths are answered 404 unread.
    private static let mostSegments = 64
    private var root = Node()
    /// The routes of paths without parameters, which a literal segment always leads to first.
    private var literals: [Substring: [HTTPRequest.Method: Route]] = [:]
    let routes: [Route]

    /// - Throws: `PortalError` of kind `internal` where two routes claim the same method and path.
    init(_ routes: [Route]) throws {
        self.routes = routes
        for route in routes {
            let segments = route.path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
            try Self.insert(route, segments[...], into: &root)
            if !route.path.contains("{") { literals[route.path[...], default: [:]][route.method] = route }
        }
    }

    private static func insert(_ route: Route, _ segments: ArraySlice<String>, into node: inout Node) throws {
        guard let first = segments.first else {
            guard node.routes.updateValue(route, forKey: route.method) == nil else { throw duplicate(route) }
            return
        }
        if first.hasPrefix("{"), first.hasSuffix("*}") {
            var rest = node.rest ?? (name: String(first.dropFirst().dropLast(2)), routes: [:])
            guard rest.routes.updateValue(route, forKey: route.method) == nil else { throw duplicate(route) }
            node.rest = rest
        } else if first.hasPrefix("{") {
            if node.parameter.isEmpty { node.parameter = [Node()] }
            let name = String(first.dropFirst().dropLast())
            guard node.parameter[0].parameterName.isEmpty || node.parameter[0].parameterName == name else {
                throw PortalError(.internal, "Routes disagree about the name of a parameter in \(route.path).")
            }
            node.parameter[0].parameterName = name
            try insert(route, segments.dropFirst(), into: &node.parameter[0])
        } else {
            try insert(route, segments.dropFirst(), into: &node.literals[first, default: Node()])
        }
    }

    private static func duplicate(_ route: Route) -> PortalError {
        PortalError(.internal, "Two plugins claim the route \(route.method.rawValue) \(route.path).")
    }

    /// - Parameter path: undecoded, without the query.
    func match(_ method: HTTPRequest.Method, _ path: Substring) -> Match {
        var parameters: [String: String] = [:]
        guard let routes = literals[path] ?? find(path, &parameters) else { return .none }
        let wanted = method == .head && routes[.head] == nil ? HTTPRequest.Method.get : method
        if let route = routes[wanted] { return .route(route, parameters: parameters) }
        return .wrongMethod(allowed: routes.keys.map(\.rawValue).sorted())
    }

    private func find(_ path: Substring, _ parameters: inout [String: String]) -> [HTTPRequest.Method: Route]? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: Self.mostSegments)
            .map { PercentCoding.decode($0) }
        return segments.count <= Self.mostSegments ? Self.find(segments[...], root, &parameters) : nil
    }

    private static func find(
        _ segments: ArraySlice<String>, _ node: Node, _ parameters: inout [String: String]
    ) -> [HTTPRequest.Method: Route]? {
        guard let first = segments.first else {
            if !node.routes.isEmpty { return node.routes }
            if let rest = node.rest {
                parameters[rest.name] = ""
                return rest.routes
            }
            return nil
        }
        if let next = node.literals[first], let found = find(segments.dropFirst(), next, &parameters) { return found }
        if let next = node.parameter.first, let found = find(segments.dropFirst(), next, &parameters) {
            parameters[next.parameterName] = first
            return found
        }
        guard let rest = node.rest else { return nil }
        parameters[rest.name] = segments.joined(separator: "/")
        return rest.routes
    }
}
