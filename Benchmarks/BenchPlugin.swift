import HTTPTypes
import PortalKit
import Synchronization

/// `GET /api/bench/constant` answers whatever was last put there, behind the same middleware as every other route:
/// what the server could do at best.
struct BenchPlugin: Plugin {
    static let id = "bench"

    private let body = Constant()

    init?(_ environment: PluginEnvironment) throws {}

    var contributions: [any Contribution] {
        let access = Route.Access.permission(Permission("bench.constant", .read))
        return [
            Permission("bench.constant", .read),
            APIRoutes([
                Route(.get, "/api/bench/constant", access: access) { [body] _ in
                    var response = PortalResponse()
                    response.headers[.contentType] = "application/json; charset=utf-8"
                    response.body = body.bytes
                    return response
                },
                Route(.put, "/api/bench/constant", access: access, maximumBodyBytes: 16 << 20) { [body] request in
                    body.set(request.body)
                    return PortalResponse()
                },
            ]),
        ]
    }
}

private final class Constant: Sendable {
    private let value = Mutex<[UInt8]>([])

    var bytes: [UInt8] { value.withLock { $0 } }

    func set(_ bytes: [UInt8]) { value.withLock { $0 = bytes } }
}
