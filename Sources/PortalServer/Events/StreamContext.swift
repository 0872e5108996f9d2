import Hummingbird
import NIOCore

/// A request's context that knows its connection: a reader who takes nothing any more is noticed by nobody else.
struct StreamContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
