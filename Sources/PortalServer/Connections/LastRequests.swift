import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Lets a connection end between two requests while the portal stops, when replicas take over.
///
/// A balancer that sends a request down a connection while this end closes it cannot know whether it was done, and may
/// not send it again (RFC 9112, 9.3.1). So a connection on which nothing is under way is not closed at once: the next
/// answer says that it is the last one (RFC 9112, 9.6), and only one that stays silent is closed after a while.
final class LastRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private var underWay = 0
    private var isStopping = false
    /// The end of a silent connection, put off.
    private var end: Scheduled<Void>?

    /// - Parameter patience: how long a silent connection stays open.
    init(patience: Duration) { self.patience = TimeAmount(patience) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isStopping = true
        guard underWay == 0, patience > .zero else { return context.fireUserInboundEventTriggered(event) }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        end = context.value.eventLoop.scheduleTask(in: patience) {
            context.value.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let isHead = if case .head = unwrapInboundIn(data) { true } else { false }
        if isHead { underWay += 1 }
        context.fireChannelRead(data)
        guard isHead, end != nil else { return }
        cancel()
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        // Of several requests that came at once, the last answer is the last.
        case .head(var head) where isStopping && underWay == 1 && head.status.kind != .informational:
            head.headerFields[.connection] = "close"
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end: underWay -= 1
        default: break
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancel() }

    private func cancel() {
        end?.cancel()
        end = nil
    }
}
