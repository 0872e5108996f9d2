import EntityModel
import HTTPTypes
import PortalKit

/// The weak ETag of a list: it names everything that the answer depends on, so that an unchanged one
/// is answered without running the query.
struct EntityTag {
    private let value: String

    init(_ request: PortalRequest, index: CatalogIndex, policyVersion: String) {
        let who =
            switch request.principal {
            case .none: "-"
            case .user(let user): "u:\(user.userEntityRef),\(user.ownershipEntityRefs.joined(separator: ","))"
            case .service(let service): "s:\(service.subject)"
            }
        var parts = "\(index.epoch) \(index.head) \(policyVersion) \(who) \(request.method.rawValue) \(request.target)"
        if !request.body.isEmpty { parts += " \(StableHash.text(StableHash.of(request.body)))" }
        value = "W/\"\(StableHash.text(StableHash.of(parts)))\""
    }

    /// 304, where the client already has this answer.
    func unchanged(_ request: PortalRequest) -> PortalResponse? {
        guard let known = request.headers[.ifNoneMatch] else { return nil }
        let matches = known == "*" || known.split(separator: ",").contains { String($0).trimmingSpaces == value }
        return matches ? answer(PortalResponse(.notModified)) : nil
    }

    func answer(_ response: PortalResponse) -> PortalResponse {
        var response = response
        response.headers[.eTag] = value
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
