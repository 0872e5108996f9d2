import EntityModel
import HTTPTypes
import PortalKit
import Synchronization

/// `GET /api/callboard/openapi.json`: what the portal serves, described. For whoever is signed in.
final class DescriptionRoute: Sendable {
    private static let path = "/api/callboard/openapi.json"

    private struct Written: Sendable {
        let bytes: [UInt8]
        let tag: String
    }

    private let routes: [Route]
    private let descriptions: [RouteDescription]
    /// Written when it is first asked for, so that no start waits for it.
    private let written = Mutex<Written?>(nil)

    /// - Parameter routes: all but this one.
    init(_ routes: [Route], _ descriptions: [RouteDescription]) {
        self.routes = routes
        self.descriptions = descriptions
    }

    var route: Route {
        Route(.get, Self.path, access: .authenticated) { [self] request in answer(request) }
    }

    var description: RouteDescription {
        RouteDescription(
            .get, Self.path, name: "GetPortalDescription", group: "Portal", "This description",
            parameters: [.ifNoneMatch],
            answers: [.json(200, ["type": "object"], "OpenAPI 3.1, as JSON."), .notModified])
    }

    private func answer(_ request: PortalRequest) -> PortalResponse {
        let written = document
        var response = PortalResponse.json(written.bytes)
        if request.headers[.ifNoneMatch] == written.tag {
            response = PortalResponse(.notModified)
        }
        response.headers[.eTag] = written.tag
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    private var document: Written {
        written.withLock { known in
            if let known { return known }
            let all = PortalDescription(routes: routes + [route], descriptions: descriptions + [description])
            let bytes = JSONWriter.bytes(all.json)
            let made = Written(bytes: bytes, tag: "W/\"\(String(ContentHash.of(bytes), radix: 36))\"")
            known = made
            return made
        }
    }
}
