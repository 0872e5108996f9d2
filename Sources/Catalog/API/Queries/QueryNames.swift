import EntityModel
import HTTPTypes
import PortalKit

/// Which query parameters each route takes, by the description of the interface. Others are refused, as upstream's
/// validator does: a filter that is misspelt must not show everything.
enum QueryNames {
    /// Upstream's validator leaves it alone.
    private static let unchecked = "/api/catalog/validate-entity"

    /// By method and path.
    private static let known: [String: [String]] = {
        let shared = CatalogDocument.json["components"]?["parameters"]
        var names: [String: [String]] = [:]
        for route in CatalogDocument.routes {
            let parameters = (route.operation["parameters"]?.array ?? []).map { parameter in
                parameter["$ref"]?.string?.split(separator: "/").last.flatMap { shared?[String($0)] } ?? parameter
            }
            names["\(route.method.rawValue) \(route.path)"] =
                parameters.filter { $0["in"] == "query" }.compactMap { $0["name"]?.string }
        }
        return names
    }()

    /// The route as it is, but for requests with parameters that it does not take.
    static func checked(_ route: Route) -> Route {
        guard route.path != unchecked, let names = known["\(route.method.rawValue) \(route.path)"] else { return route }
        return checked(route, names)
    }

    /// The same for a route that takes these.
    static func checked(_ route: Route, _ names: [String]) -> Route {
        Route(
            route.method, route.path, access: route.access, maximumBodyBytes: route.maximumBodyBytes,
            isPage: route.isPage, hidesDenied: route.hidesDenied
        ) { [handler = route.handler] request in
            if let other = request.query.pairs.first(where: { !names.contains($0.name) }) {
                throw PortalError(.input, "Unknown query parameter '\(other.name)'")
            }
            return try await handler(request)
        }
    }
}
