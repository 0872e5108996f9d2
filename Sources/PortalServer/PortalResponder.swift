import HTTPTypes
import Hummingbird
import NIOCore
import PortalKit

/// Hummingbird's way to the dispatcher.
struct PortalResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let dispatcher: Dispatcher

    private static let host = HTTPField.Name("Host")

    func respond(to request: Request, context: Context) async throws -> Response {
        let response = await dispatcher.respond(
            to: .init(
                method: request.method, target: request.head.path ?? "/", headers: Self.headers(of: request),
                body: { try await read(request, limit: $0) }))
        return Response(
            status: response.status, headers: response.headers,
            body: response.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
    }

    /// The parser takes the first `Host` out of the headers. What decides by it whom the browser believes to talk to
    /// must see it, and must see a second one too.
    private static func headers(of request: Request) -> HTTPFields {
        var headers = request.headers
        if let host, let authority = request.head.authority {
            headers.append(HTTPField(name: host, value: authority))
        }
        return headers
    }

    private func read(_ request: Request, limit: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= limit else {
                throw PortalError(.tooLarge, "The body is larger than \(limit) bytes.")
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }
}
