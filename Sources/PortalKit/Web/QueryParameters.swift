import EntityModel

/// The parameters of a query string, in order, percent-decoded with `+` as a space.
public struct QueryParameters: Sendable, Hashable {
    public let pairs: [(name: String, value: String)]

    /// - Parameter text: what follows the `?`, undecoded.
    public init(_ text: String) {
        var text = text
        var pairs: [(name: String, value: String)] = []
        text.withUTF8 { bytes in
            for pair in BytePieces(of: bytes, separator: "&") {
                let mark = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                let value = pair[mark...].dropFirst()
                pairs.append((PercentCoding.decodeForm(pair[..<mark]), PercentCoding.decodeForm(value)))
            }
        }
        self.pairs = pairs
    }

    /// Every value of a repeated parameter.
    public func all(_ name: String) -> [String] { pairs.compactMap { $0.name == name ? $0.value : nil } }

    /// The only value; of several nobody could tell which is meant.
    /// - Throws: `PortalError` of kind `input` where there are several.
    public func single(_ name: String) throws -> String? {
        let values = all(name)
        guard values.count <= 1 else {
            throw PortalError(.input, "request/query/\(name) must be given once")
        }
        return values.first
    }

    /// The first value.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The largest whole number that every client can write; sums of two of them still fit.
    public static let largest = 9_007_199_254_740_991

    /// One of some words.
    /// - Throws: `PortalError` of kind `input`, worded as upstream's validator does.
    public func word(_ name: String, of words: [String]) throws -> String? {
        guard let text = try single(name) else { return nil }
        guard words.contains(text) else {
            let allowed = words.joined(separator: ", ")
            throw PortalError(.input, "request/query/\(name) must be equal to one of the allowed values: \(allowed)")
        }
        return text
    }

    /// A whole number that must not be negative.
    /// - Throws: `PortalError` of kind `input`, worded as upstream's validator does.
    public func integer(_ name: String) throws -> Int? {
        guard let text = try single(name) else { return nil }
        guard let value = Int(text) else {
            throw PortalError(.input, "request/query/\(name) must be integer")
        }
        guard value >= 0 else { throw PortalError(.input, "request/query/\(name) must be >= 0") }
        guard value <= Self.largest else {
            throw PortalError(.input, "request/query/\(name) must be <= \(Self.largest)")
        }
        return value
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
