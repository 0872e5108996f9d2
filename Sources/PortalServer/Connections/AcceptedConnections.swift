import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// HTTP/1.1 on connections that are accepted, also on those that come in the moment in which the server stops.
///
/// NIO prepares a connection on one loop and hands it over on another. Where the server stops in between, nobody takes
/// it, and NIO ends the whole process with "Deinited NIOAsyncWriter without calling finish()". So what NIO wants finished
/// is kept until the connection is closed, and a connection that nobody takes is closed.
struct AcceptedConnections: ServerChildChannel {
    /// A connection, until nobody handles it any more.
    final class Value: ServerChildChannelValue {
        fileprivate let parts: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

        var channel: any Channel { parts.channel }

        fileprivate init(_ parts: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>) {
            self.parts = parts
            parts.channel.closeFuture.whenComplete { _ in withExtendedLifetime(parts) {} }
        }

        deinit { channel.close(promise: nil) }
    }

    let http: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        http.setup(channel: channel, logger: logger).map { Value($0) }
    }

    func handle(value: Value, logger: Logger) async { await http.handle(value: value.parts, logger: logger) }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 with the limits of the portal.
    static func portal(_ limits: ConnectionLimits) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [StalledWrites(limit: limits.stall), LastRequests(patience: limits.drain)],
            idleTimeout: .init(limits.idle))
        return HTTPServerBuilder { responder in
            AcceptedConnections(http: HTTP1Channel(responder: responder, configuration: configuration))
        }
    }
}
