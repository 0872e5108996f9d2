import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `GET /openapi.json`: what this catalog serves, described. For whoever is signed in, as everything that states no
/// reason to be open.
struct DescriptionAPI: Sendable {
    var routes: [Route] {
        [
            Route(.get, "/api/catalog/openapi.json", access: .authenticated) { request in
                let bytes = Assets.document("catalog-openapi.json") ?? []
                let tag = EntityTag(etag: StableHash.text(StableHash.of(bytes)))
                return tag.unchanged(request) ?? tag.answer(.json(bytes))
            }
        ]
    }
}

/// The same document, as what is described of each route.
enum CatalogDocument {
    private static let prefix = "/api/catalog"

    static let json = Assets.document("catalog-openapi.json").flatMap { try? JSONParser.parse($0) } ?? [:]

    static let routes: [RouteDescription] = {
        let components = json["components"]?.object ?? [:]
        return (json["paths"]?.object?.members ?? []).flatMap { path, item in
            (item.object?.members ?? []).compactMap { name, operation in
                guard let method = HTTPRequest.Method(rawValue: name.uppercased()) else { return nil }
                return RouteDescription(
                    method, prefix + path, operation: operation.object ?? [:], components: components)
            }
        }
    }()
}
