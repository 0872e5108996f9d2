import EntityModel
import HTTPTypes
import PortalKit

/// The weak ETag of an answer: it names everything that the answer depends on, so that an unchanged one
/// is answered without running the query.
struct EntityTag {
    private let value: String

    init(etag: String) { value = "W/\"\(etag)\"" }

    /// Of one entity, which changes with its own etag, and with the form in which relations are written.
    init(of slot: UInt32, in index: CatalogIndex) {
        self.init(etag: index.etag(of: slot) + (index.writesRelationTargets ? "-targets" : ""))
    }

    init(_ request: PortalRequest, index: CatalogIndex, policyVersion: String) {
        let who =
            switch request.principal {
            case .none: "-"
            case .user(let user): "u:\(user.userEntityRef),\(user.ownershipEntityRefs.joined(separator: ","))"
            case .service(let service): "s:\(service.subject)"
            }
        // HEAD is asked about what GET would answer.
        let method = request.method == .head ? HTTPRequest.Method.get : request.method
        var parts = "\(index.epoch) \(index.head) \(policyVersion) \(who) \(method.rawValue) \(request.target)"
        if index.writesRelationTargets { parts += " targets" }
        if !request.body.isEmpty { parts += " \(StableHash.text(StableHash.of(request.body)))" }
        value = "W/\"\(StableHash.text(StableHash.of(parts)))\""
    }

    /// 304, where the client already has this answer. Tags are compared weakly, so `W/` says nothing.
    func unchanged(_ request: PortalRequest) -> PortalResponse? {
        guard request.method == .get || request.method == .head, let known = request.headers[.ifNoneMatch] else {
            return nil
        }
        let matches =
            known == "*"
            || known.split(separator: ",").contains { Self.opaque($0.trimmed) == Self.opaque(value) }
        return matches ? answer(PortalResponse(.notModified)) : nil
    }

    private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }

    func answer(_ response: PortalResponse) -> PortalResponse {
        var response = response
        response.headers[.eTag] = value
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
