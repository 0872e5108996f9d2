import Testing

@testable import Catalog

@Suite struct ByteSearchTests {
    private static func signature(_ text: String) -> BigramSignature { text.withBytes { BigramSignature($0) } }

    private static let words = ["keen", "audit", "route", "fleet", "royal", "usage", "vivid", "order", "true", "shop"]

    @Test("a signature never keeps a text from being found")
    func complete() {
        for one in Self.words {
            for two in Self.words {
                let text = "\(one)-\(two)-ä7"
                for start in text.indices {
                    for end in text[start...].indices {
                        #expect(Self.signature(text).mayContain(Self.signature(String(text[start..<end]))))
                    }
                }
            }
        }
    }

    @Test("nearly all texts that do not hold another are told apart without being read")
    func selective() {
        var taken = 0
        var all = 0
        for one in Self.words {
            for two in Self.words {
                all += 1
                taken += Self.signature("\(one)-\(two)-1sl").mayContain(Self.signature("rifle-q")) ? 1 : 0
            }
        }
        #expect(taken * 20 < all, "\(taken) of \(all)")
        #expect(!Self.signature("order").mayContain(Self.signature("xyz")))
    }

    @Test("a text is found wherever it stands", arguments: ["", "a", "abc", "c-a", "-abcabd", "abd"])
    func contained(_ needle: String) {
        let text = "abc-abcabd"
        let found = needle.withBytes { needle in text.withBytes { ByteSearch.contains(needle, in: $0) } }
        #expect(found)
        let missing = "\(needle)z".withBytes { needle in text.withBytes { ByteSearch.contains(needle, in: $0) } }
        #expect(!missing)
    }
}
