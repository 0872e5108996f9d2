import NIOCore

/// Ends a connection whose client takes nothing of an answer for a while: else the answer, and the version of the catalog
/// that it is made of, would be held for as long as the client likes.
///
/// A channel is writable while little waits to be sent. Long answers are written in parts of `largestPart` bytes, each
/// when the one before has mostly gone, so that whoever is slow and not dead makes it writable in time again and again.
final class StalledWrites: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    static let largestPart = 64 << 10

    /// What is to be written next of an answer; nil at its end.
    static func takePart(of rest: inout ByteBuffer) -> ByteBuffer? {
        rest.readableBytes == 0 ? nil : rest.readSlice(length: min(rest.readableBytes, largestPart))
    }

    private let limit: TimeAmount
    private var end: Scheduled<Void>?
    /// All that there was to say is with the system, which sends it also to who is slow.
    private var isOver = false

    init(limit: Duration) { self.limit = TimeAmount(limit) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        cancel()
        if !context.channel.isWritable, !isOver {
            end = context.eventLoop.scheduleTask(in: limit) { [channel = context.channel] in
                channel.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.outputClosed = event {
            isOver = true
            cancel()
        }
        context.fireUserInboundEventTriggered(event)
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
