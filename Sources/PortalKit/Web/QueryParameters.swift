/// The parameters of a query string, in order, percent-decoded with `+` as a space.
public struct QueryParameters: Sendable, Hashable {
    public let pairs: [(name: String, value: String)]

    /// - Parameter text: what follows the `?`, undecoded.
    public init(_ text: String) {
        pairs = text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentCoding.decodeForm(parts[0]), parts.count > 1 ? PercentCoding.decodeForm(parts[1]) : "")
        }
    }

    /// Every value of a repeated parameter.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The first value.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// A whole number that must not be negative.
    /// - Throws: `PortalError` of kind `input`, worded as upstream's validator does.
    public func integer(_ name: String) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let value = Int(text) else {
            throw PortalError(.input, "request/query/\(name) must be integer")
        }
        guard value >= 0 else { throw PortalError(.input, "request/query/\(name) must be >= 0") }
        // No client counts further, and sums of such numbers do not overflow.
        return min(value, 1 << 53)
    }

    public static func == (left: QueryParameters, right: QueryParameters) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }
}
