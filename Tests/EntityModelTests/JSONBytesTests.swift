import Testing

@testable import EntityModel

/// What looks at eight bytes at once sees what a look at each byte would see.
@Suite struct JSONBytesTests {
    private static let texts = [
        "", "a", "seven77", "eight888", "\"", "\\", "a\"b", "12345678\"", "\u{1}", "\u{1F}x", "ünïcödé", "{[]}",
        "}]\\\"",
        "a long text with a \"quote\" late in it", "\u{7F}\u{80}\u{FF}", "]]]]]]]]", "\\\\\\\\\\\\\\\\", "x\n",
        "\u{1F600}",
    ]

    private static func value(_ depth: Int, _ dice: inout some RandomNumberGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &dice) {
        case 0: return .null
        case 1: return .bool(.random(using: &dice))
        case 2: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &dice)) / 8)
        case 3, 4: return .string(texts.randomElement(using: &dice) ?? "")
        case 5: return .array((0..<Int.random(in: 0..<5, using: &dice)).map { _ in value(depth - 1, &dice) })
        default: return .object(object(depth - 1, &dice))
        }
    }

    private static func object(_ depth: Int, _ dice: inout some RandomNumberGenerator) -> JSONObject {
        JSONObject(
            (0..<Int.random(in: 0..<6, using: &dice)).map { number in
                ("\(number)\(texts.randomElement(using: &dice) ?? "")", value(depth, &dice))
            })
    }

    @Test("the members of any object are found, each with its whole value")
    func members() throws {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let object = Self.object(4, &dice)
            let json = JSONWriter.bytes(.object(object))
            var found: [(key: [UInt8], value: [UInt8])] = []
            json.withUnsafeBufferPointer { bytes in
                found = JSONMembers(of: bytes[...]).map { (Array($0.key), Array($0.value)) }
            }
            let quote = [UInt8(ascii: "\"")]
            #expect(found.map { quote + $0.key + quote } == object.keys.map { JSONWriter.bytes(.string($0)) })
            #expect(found.map(\.value) == object.members.map { JSONWriter.bytes($0.value) })
        }
    }

    @Test("a damaged object ends the walk within its bytes")
    func damaged() {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var json = JSONWriter.bytes(.object(Self.object(3, &dice)))
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                json[Int.random(in: 0..<json.count, using: &dice)] =
                    [0x22, 0x5C, 0x7B, 0x5D, 0x2C, 0x61]
                    .randomElement(using: &dice) ?? 0
            }
            json.removeLast(Int.random(in: 0..<json.count, using: &dice))
            json.withUnsafeBufferPointer { bytes in
                for (key, value) in JSONMembers(of: bytes[...]) {
                    #expect(key.endIndex <= bytes.count && value.endIndex <= bytes.count)
                }
            }
        }
    }

    @Test("a control character or a byte that is no UTF-8 is seen wherever it stands")
    func soundness() {
        func isSound(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { JSONMembers.isSound($0) } }
        for count in 0..<20 {
            let plain = [UInt8](repeating: 0x61, count: count)
            #expect(isSound(plain) && isSound(plain + Array("é\u{1F600}".utf8)))
            for index in 0..<count {
                for (byte, expected) in [
                    (UInt8(0x1F), false), (0x0A, false), (0, false), (0xFF, false), (0x80, false), (0x20, true),
                    (0x7F, true),
                ] {
                    var bytes = plain
                    bytes[index] = byte
                    #expect(isSound(bytes) == expected, "\(byte) at \(index) of \(count)")
                }
            }
        }
    }

    @Test("texts are escaped where RFC 8259 says so, wherever they stand")
    func escapes() {
        for text in Self.texts {
            for padding in 0..<9 {
                let padded = String(repeating: "p", count: padding) + text + String(repeating: "q", count: padding)
                let expected = padded.unicodeScalars.map { scalar -> String in
                    switch scalar {
                    case "\"": "\\\""
                    case "\\": "\\\\"
                    case "\n": "\\n"
                    case "\u{1}": "\\u0001"
                    case "\u{1F}": "\\u001f"
                    default: String(scalar)
                    }
                }.joined()
                #expect(JSONWriter.text(.string(padded)) == "\"\(expected)\"")
            }
        }
    }
}
