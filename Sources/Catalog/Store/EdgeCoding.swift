import EntityModel

/// An entity's declared relations as text: one line each, `>` for those shown on itself, `<` for those on others.
///
/// One end of each is the entity, so only the other is written.
enum EdgeCoding {
    static func text(_ edges: [Relation], of reference: String) -> String {
        edges.map { edge in
            edge.source == reference ? ">\(edge.type) \(edge.target)" : "<\(edge.type) \(edge.source)"
        }.joined(separator: "\n")
    }

    static func edges(_ text: String, of reference: String) -> [Relation] {
        text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard let mark = line.first, let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            let type = String(decoding: line.dropFirst().prefix(upTo: space), as: UTF8.self)
            let other = String(decoding: line.suffix(from: line.index(after: space)), as: UTF8.self)
            return mark == UInt8(ascii: ">")
                ? Relation(source: reference, type: type, target: other)
                : Relation(source: other, type: type, target: reference)
        }
    }
}
