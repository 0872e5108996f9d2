/// The `fields` parameter: the parts of an entity that a client wants.
public struct FieldProjection: Sendable, Hashable {
    public struct ParseError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Each costs time for every member of every entity.
    private static let most = 500

    /// The fields as they were written, each once, in UTF-8.
    public let paths: [[UInt8]]

    /// - Parameter parameters: comma separated paths, possibly over several parameters.
    /// - Returns: nil where no field is named: the whole entity is wanted.
    /// - Throws: `ParseError` for array subscripts, and for more fields than an entity has.
    public init?(_ parameters: [String]) throws(ParseError) {
        let names = parameters.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
            .map { Substring($0).trimmed }.filter { !$0.isEmpty }
        if names.isEmpty { return nil }
        if names.contains(where: { $0.utf8.contains(UInt8(ascii: "[")) }) {
            throw ParseError(description: "invalid fields, array type fields are not supported")
        }
        var seen: Set<[UInt8]> = []
        paths = names.map { Array($0.utf8) }.filter { seen.insert($0).inserted }
        if paths.count > Self.most {
            throw ParseError(description: "invalid fields, more than \(Self.most) are not supported")
        }
    }

    /// The wanted parts, nested as they were; missing ones are left out.
    public func apply(to object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for path in paths {
            let pieces = String(decoding: path, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
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
