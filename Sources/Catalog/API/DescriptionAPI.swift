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
