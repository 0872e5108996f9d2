import Synchronization

/// What a span's attribute holds.
public enum SpanValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    case text(String)
    case integer(Int)
    case flag(Bool)

    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

/// A piece of work of a trace, while it goes on. Made by `Tracer.span`.
public final class Span: Sendable {
    /// What it is to the other side; the numbers are OpenTelemetry's.
    public enum Kind: Int, Sendable { case `internal` = 1, server, client }

    private struct State {
        var name: String
        var attributes: [(name: String, value: SpanValue)] = []
        var isFailed = false
    }

    public static let mostAttributes = 32
    /// Characters of a text.
    public static let longestText = 1_024

    public let context: TraceContext
    let parent: UInt64?
    let kind: Kind
    /// Nanoseconds since 1970.
    private let start: UInt64
    private let clock = ContinuousClock.now
    private let state: Mutex<State>

    init(_ name: String, _ kind: Kind, _ context: TraceContext, parent: UInt64?, start: UInt64) {
        self.context = context
        self.parent = parent
        self.kind = kind
        self.start = start
        state = Mutex(State(name: String(name.prefix(Self.longestText))))
    }

    /// Names what the work was about, by OpenTelemetry's conventions where they have a name for it. Never a secret, a
    /// query string or a statement.
    public func set(_ name: String, _ value: SpanValue) {
        var value = value
        if case .text(let text) = value, text.utf8.count > Self.longestText {
            value = .text(String(text.prefix(Self.longestText)))
        }
        state.withLock { state in
            if let place = state.attributes.firstIndex(where: { $0.name == name }) {
                state.attributes[place].value = value
            } else if state.attributes.count < Self.mostAttributes {
                state.attributes.append((name, value))
            }
        }
    }

    public func rename(_ name: String) { state.withLock { $0.name = String(name.prefix(Self.longestText)) } }

    /// Notes that the work failed, where nothing is thrown.
    public func fail(_ type: String) {
        state.withLock { $0.isFailed = true }
        set("error.type", .text(type))
    }

    func finished() -> FinishedSpan {
        let nanoseconds = clock.duration(to: .now) / .nanoseconds(1)
        let state = state.withLock { $0 }
        return FinishedSpan(
            context: context, parent: parent, kind: kind, name: state.name, start: start,
            end: start + UInt64(max(0, nanoseconds)), attributes: state.attributes, isFailed: state.isFailed)
    }
}

/// A span that has come to its end.
public struct FinishedSpan: Sendable {
    public let context: TraceContext
    public let parent: UInt64?
    public let kind: Span.Kind
    public let name: String
    /// Nanoseconds since 1970.
    public let start: UInt64
    public let end: UInt64
    public let attributes: [(name: String, value: SpanValue)]
    public let isFailed: Bool
}
