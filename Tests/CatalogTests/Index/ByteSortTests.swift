import Testing

@testable import Catalog

@Suite struct ByteSortTests {
    @Test("texts come in the order of their bytes, ties as is said", arguments: 1...20)
    func order(seed: UInt64) {
        var dice = SeededNumbers(seed)
        // Few bytes and common beginnings, so that many are alike for long, end early or go on with zeros.
        let beginnings = ["", "https://example.org/", "aaaaaaaa", "a\u{0}", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"]
        let texts = (0..<Int.random(in: 0..<400, using: &dice)).map { _ -> [UInt8] in
            let beginning = Array((beginnings.randomElement(using: &dice) ?? "").utf8)
            let bytes: [UInt8] = [0, 0x61, 0x62, 0xFF]
            return beginning
                + (0..<Int.random(in: 0..<12, using: &dice)).map { _ in bytes.randomElement(using: &dice) ?? 0 }
        }
        let expected = texts.indices.sorted { left, right in
            texts[left] == texts[right] ? left > right : texts[left].lexicographicallyPrecedes(texts[right])
        }
        let order = ByteSort.order(count: texts.count) { number, body in
            texts[number].withUnsafeBufferPointer(body)
        } tie: {
            $0 > $1
        }
        #expect(order == expected)
    }
}
