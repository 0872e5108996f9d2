import EntityModel

/// An entity's declared relations as the store keeps them: one line each, `>` for those shown on itself, `<` for those
/// on others.
///
/// One end of each is the entity, so only the other is written.
package struct StoredEdges: Sendable {
    let text: String

    init(text: String) { self.text = text }

    package init(_ relations: [Relation], of reference: String) {
        text = relations.map { edge in
            edge.source == reference ? ">\(edge.type) \(edge.target)" : "<\(edge.type) \(edge.source)"
        }.joined(separator: "\n")
    }

    /// One line, as bytes that are there while they are looked at.
    struct Line {
        let isOutgoing: Bool
        let type: UnsafeBufferPointer<UInt8>
        let other: UnsafeBufferPointer<UInt8>
    }

    func forEach(_ body: (Line) -> Void) {
        text.withBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let line = rest.prefix { $0 != UInt8(ascii: "\n") }
                rest = rest[line.endIndex...].dropFirst()
                guard let mark = line.first, let space = line.firstIndex(of: UInt8(ascii: " ")), space > line.startIndex
                else { continue }
                body(
                    Line(
                        isOutgoing: mark == UInt8(ascii: ">"),
                        type: UnsafeBufferPointer(rebasing: line[(line.startIndex + 1)..<space]),
                        other: UnsafeBufferPointer(rebasing: line[(space + 1)...])))
            }
        }
    }

    func relations(of reference: String) -> [Relation] {
        var relations: [Relation] = []
        forEach { line in
            let type = String(decoding: line.type, as: UTF8.self)
            let other = String(decoding: line.other, as: UTF8.self)
            relations.append(
                line.isOutgoing
                    ? Relation(source: reference, type: type, target: other)
                    : Relation(source: other, type: type, target: reference))
        }
        return relations
    }
}
