/// The pieces of a text between separators, one after another and without a list of them; empty ones are left out.
package struct BytePieces: Sequence, IteratorProtocol {
    package typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private var rest: Bytes
    private let separator: UInt8

    package init(of text: UnsafeBufferPointer<UInt8>, separator: Unicode.Scalar) {
        rest = text[...]
        self.separator = UInt8(ascii: separator)
    }

    package mutating func next() -> Bytes? {
        while let first = rest.first {
            let end = rest.firstIndex(of: separator) ?? rest.endIndex
            defer { rest = rest[end...].dropFirst() }
            if first != separator { return rest[..<end] }
        }
        return nil
    }
}
