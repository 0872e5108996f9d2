/// Names a trace: 16 bytes, never all of them zero.
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static func random() -> TraceID {
        TraceID(high: .random(in: .min ... .max), low: .random(in: 1 ... .max))
    }

    /// 32 hexadecimal digits.
    public var description: String { TraceContext.hex(high) + TraceContext.hex(low) }
}

/// Where work stands in a trace: the trace, and the span that it is a part of (W3C Trace Context).
public struct TraceContext: Sendable, Hashable {
    public let trace: TraceID
    /// Never zero.
    public let span: UInt64
    /// Whether spans of this trace are recorded.
    public let isSampled: Bool

    public init(trace: TraceID, span: UInt64, isSampled: Bool) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// Reads a `traceparent` header; nil for anything malformed, which the standard wants ignored.
    public init?(traceparent text: String) {
        let bytes = Array(text.utf8.prefix(Self.longest + 1))
        let dash = UInt8(ascii: "-")
        guard (55...Self.longest).contains(bytes.count), bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Self.number(bytes[0..<2]), version != 0xff,
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]),
            let span = Self.number(bytes[36..<52]), let flags = Self.number(bytes[53..<55])
        else { return nil }
        // Later versions may add fields, behind another dash.
        guard bytes.count == 55 || version > 0 && bytes[55] == dash else { return nil }
        guard high != 0 || low != 0, span != 0 else { return nil }
        self.init(trace: TraceID(high: high, low: low), span: span, isSampled: flags & 1 == 1)
    }

    private static let longest = 256

    /// The header as it is sent on.
    public var traceparent: String { "00-\(trace)-\(spanID)-\(isSampled ? "01" : "00")" }
    /// 16 hexadecimal digits.
    public var spanID: String { Self.hex(span) }

    static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// Lowercase digits alone, as the standard has it.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}

/// What work under way is known by, for log lines and traces alone: nothing may depend on it.
public struct WorkContext: Sendable {
    @TaskLocal public static var current: WorkContext?

    /// Of the request that the work is done for.
    public var request: String?
    public var trace: TraceContext?

    public init(request: String? = nil, trace: TraceContext? = nil) {
        self.request = request
        self.trace = trace
    }
}
