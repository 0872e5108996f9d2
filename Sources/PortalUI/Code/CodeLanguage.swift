/// What a text is written in, as far as it matters for its colours.
public enum CodeLanguage: String, Sendable, CaseIterable {
    case yaml, json, graphql, protobuf, xml, plain

    /// The language of an API's definition: `spec.type` says what it describes, the text what it is written in.
    ///
    /// OpenAPI and AsyncAPI are YAML or JSON, a GraphQL schema may be the JSON of an introspection, and types that
    /// nobody has heard of are told by how they begin.
    public static func of(type: String, text: String) -> CodeLanguage {
        let start = Start(text)
        if start.isJSON { return .json }
        switch type.lowercased() {
        case "openapi", "asyncapi", "swagger", "arazzo", "yaml", "yml", "json-schema", "jsonschema":
            return start.isMarkup ? .xml : .yaml
        case "graphql", "graphqls", "gql": return .graphql
        case "grpc", "proto", "proto2", "proto3", "protobuf", "connect": return .protobuf
        case "wsdl", "soap", "xml", "xsd", "wadl", "odata": return start.isMarkup ? .xml : .plain
        default: return start.guess
        }
    }

    /// The language of a file by how its name ends.
    public static func of(fileName: String) -> CodeLanguage {
        switch fileName.split(separator: ".").last?.lowercased() {
        case "yaml", "yml": .yaml
        case "json", "jsonc", "avsc", "har": .json
        case "graphql", "graphqls", "gql": .graphql
        case "proto": .protobuf
        case "xml", "wsdl", "xsd", "wadl", "svg", "html": .xml
        default: .plain
        }
    }
}

/// The first bytes of a text, which is all that is looked at to guess what it is.
private struct Start {
    private static let mostBytes = 2_000
    private let text: String

    init(_ text: String) {
        let start = text.utf8.prefix(Self.mostBytes).drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        self.text = String(decoding: start, as: UTF8.self)
    }

    var isMarkup: Bool { text.utf8.first == UInt8(ascii: "<") }

    /// An object or a list; `{ user }` is a query of GraphQL and `{{ name }}` a template.
    var isJSON: Bool {
        let signs = Array(text.utf8.lazy.filter { $0 > 0x20 }.prefix(2))
        guard let first = signs.first else { return false }
        if first == UInt8(ascii: "[") { return signs.count == 1 || "[{]\"0123456789-tfn".utf8.contains(signs[1]) }
        return first == UInt8(ascii: "{") && (signs.count == 1 || "\"}".utf8.contains(signs[1]))
    }

    var guess: CodeLanguage {
        if isMarkup { return .xml }
        let lines = text.split(separator: "\n").lazy.filter { !$0.hasPrefix("#") && !$0.hasPrefix("//") }
        guard let line = lines.first(where: { $0.contains { $0 != " " && $0 != "\r" } }) else { return .plain }
        if line.hasPrefix("syntax =") || line.hasPrefix("syntax=") || line.hasPrefix("edition =") { return .protobuf }
        let word = line.prefix { $0.isLetter }
        if ["type", "schema", "directive", "interface", "scalar", "extend", "\"\"\""].contains(word),
            line.dropFirst(word.count).first == " "
        {
            return .graphql
        }
        return line.hasPrefix("---") || Self.isKey(line) ? .yaml : .plain
    }

    /// A word with a colon behind it and, at the most, a value after a space.
    private static func isKey(_ line: Substring) -> Bool {
        let key = line.utf8.prefix { $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "{") }
        let rest = line.utf8.dropFirst(key.count)
        guard !key.isEmpty, rest.first == UInt8(ascii: ":") else { return false }
        return rest.dropFirst().first.map { $0 <= 0x20 } ?? true
    }
}
