import Testing

@testable import EntityModel

@Suite("Pieces of a text between separators")
struct BytePiecesTests {
    @Test("are those that splitting gives, wherever separators stand")
    func asSplit() {
        var dice = SystemRandomNumberGenerator()
        for length in 0..<300 {
            let text = (0..<(length / 10)).map { _ in [UInt8]("ab,,".utf8).randomElement(using: &dice) ?? 0 }
            text.withUnsafeBufferPointer { bytes in
                let pieces = BytePieces(of: bytes, separator: ",").map(Array.init)
                #expect(pieces == text.split(separator: UInt8(ascii: ",")).map(Array.init))
            }
        }
    }
}
