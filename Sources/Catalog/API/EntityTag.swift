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

    /// - Parameter more: what else the answer depends on.
    init(_ request: PortalRequest, _ version: IndexVersion, policyVersion: String, and more: [String] = []) {
        // HEAD is asked about what GET would answer.
        let method = request.method == .head ? HTTPRequest.Method.get : request.method
        var parts: [UInt8] = []
        parts.reserveCapacity(512)
        func add(_ part: String) {
            parts += part.utf8
            parts.append(0)
        }
        add(version.index.epoch)
        StableHash.append(UInt64(bitPattern: version.index.head), to: &parts)
        add(policyVersion)
        switch request.principal {
        case .none: add("-")
        case .user(let user): (["user", user.userEntityRef] + user.ownershipEntityRefs).forEach(add)
        case .service(let service): ["service", service.subject].forEach(add)
        }
        add(method.rawValue)
        add(request.target)
        more.forEach(add)
        if version.index.writesRelationTargets { add("targets") }
        if !request.body.isEmpty { StableHash.append(StableHash.of(request.body), to: &parts) }
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
