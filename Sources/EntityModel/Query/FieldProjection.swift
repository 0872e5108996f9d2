/// The `fields` parameter: the parts of an entity that a client wants.
public struct FieldProjection: Sendable, Hashable {
    public struct ParseError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Each costs time for every member of every entity.
    private static let most = 500

    /// The fields as they were written, each once, in UTF-8 and end to end.
    private let bytes: [UInt8]
    /// Where each of them ends.
    private let ends: [Int]

    /// The fields as bytes; to be used while they are handed out.
    public struct Paths {
        let bytes: UnsafeBufferPointer<UInt8>
        let ends: UnsafeBufferPointer<Int>

        public var count: Int { ends.count }

        public subscript(number: Int) -> UnsafeBufferPointer<UInt8> {
            let start = number == 0 ? 0 : ends[number - 1]
            return UnsafeBufferPointer(rebasing: bytes[start..<ends[number]])
        }
    }

    /// Calls `body` with the fields, which must not leave it.
    public func withPaths<Result>(_ body: (Paths) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { body(Paths(bytes: bytes, ends: $0)) }
        }
    }

    /// Whether any field begins with a text.
    public func hasField(from beginning: String) -> Bool {
        withPaths { paths in (0..<paths.count).contains { paths[$0].starts(with: beginning.utf8) } }
    }

    /// Whether a field is one of these.
    public func has(_ field: String) -> Bool {
        withPaths { paths in (0..<paths.count).contains { paths[$0].elementsEqual(field.utf8) } }
    }

    /// - Parameter parameters: comma separated paths, possibly over several parameters.
    /// - Returns: nil where no field is named: the whole entity is wanted.
    /// - Throws: `ParseError` for array subscripts, and for more fields than an entity has.
    public init?(_ parameters: [String]) throws(ParseError) {
        if parameters.contains(where: { $0.utf8.contains(UInt8(ascii: "[")) }) {
            throw ParseError(description: "invalid fields, array type fields are not supported")
        }
        var (bytes, ends): ([UInt8], [Int]) = ([], [])
        bytes.reserveCapacity(parameters.reduce(0) { $0 + $1.utf8.count })
        ends.reserveCapacity(Self.few)
        var seen: Set<[UInt8]> = []
        for var parameter in parameters {
            parameter.withUTF8 { text in
                for piece in BytePieces(of: text, separator: ",") {
                    let start = bytes.count
                    piece.appendTrimmed(to: &bytes)
                    if bytes.count == start { continue }
                    if Self.isNew(bytes[start...], in: bytes, ends, &seen) {
                        ends.append(bytes.count)
                    } else {
                        bytes.removeSubrange(start...)
                    }
                }
            }
        }
        if ends.isEmpty { return nil }
        if ends.count > Self.most {
            throw ParseError(description: "invalid fields, more than \(Self.most) are not supported")
        }
        (self.bytes, self.ends) = (bytes, ends)
    }

    /// Whether a field is named for the first time, in bytes: texts that are canonically equivalent are different fields.
    /// - Parameter seen: what was named before, as soon as that is more than is sooner compared than hashed.
    private static func isNew(
        _ field: ArraySlice<UInt8>, in bytes: [UInt8], _ ends: [Int], _ seen: inout Set<[UInt8]>
    ) -> Bool {
        func earlier(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }
        if ends.count <= few { return !ends.indices.contains { earlier($0) == field } }
        if seen.isEmpty { seen = Set(ends.indices.map { Array(earlier($0)) }) }
        return seen.insert(Array(field)).inserted
    }

    private static let few = 16

    /// The wanted parts, nested as they were; missing ones are left out.
    public func apply(to object: JSONObject) -> JSONObject {
        var result = JSONObject()
        let texts = withPaths { paths in
            (0..<paths.count).map { String(decoding: paths[$0], as: UTF8.self) }
        }
        for text in texts {
            let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
            Self.copy(pieces[...], from: object, into: &result)
        }
        return result
    }

    /// Keys may hold dots, so pieces are joined until they name an existing key.
    private static func copy(_ pieces: ArraySlice<Substring>, from source: JSONObject, into result: inout JSONObject) {
        var key: String?
        for (index, piece) in zip(pieces.indices, pieces) {
            let name = key.map { "\($0).\(piece)" } ?? String(piece)
            key = name
            guard let value = source[name] else { continue }
            let rest = pieces[(index + 1)...]
            if rest.isEmpty {
                result[name] = value
            } else if let inner = value.object {
                var nested = result[name]?.object ?? [:]
                copy(rest, from: inner, into: &nested)
                if !nested.isEmpty { result[name] = .object(nested) }
            }
            return
        }
    }
}
