import EntityModel
import Testing

@Suite struct JSONIndentTests {
    @Test("JSON is put on lines, with texts and numbers as they were written")
    func lines() {
        let text = #"{"a":[1.0,1e40,{},[ ]],"b" : {"c\\":"x\"{,:"},"d":12345678901234567890}"#
        let expected = """
            {
              "a": [
                1.0,
                1e40,
                {},
                []
              ],
              "b": {
                "c\\\\": "x\\"{,:"
              },
              "d": 12345678901234567890
            }
            """
        #expect(JSONIndent.text(text, longest: 1_000) == expected)
        #expect(JSONIndent.text(expected, longest: 1_000) == expected)
        #expect(JSONIndent.text(text, longest: 100) == nil)
        #expect(["", "1", "\"a\"", "{", "{a: 1}", "[1,]"].allSatisfy { JSONIndent.text($0, longest: 100) == nil })
        #expect(JSONIndent.text("{}", longest: 2) == "{}")
    }
}

@Suite struct JSONTests {
    @Test(
        "numbers print as ECMAScript prints them",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-5, "-5"), (1.5, "1.5"), (0.1, "0.1"), (100, "100"), (1e21, "1e+21"),
            (1e20, "100000000000000000000"), (1e-6, "0.000001"),
            (1e-7, "1e-7"), (1.25e-9, "1.25e-9"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (9007199254740992, "9007199254740992"), (-0.000012, "-0.000012"), (4.35, "4.35"),
        ])
    func numbers(_ number: Double, _ text: String) { #expect(JSONWriter.text(.number(number)) == text) }

    @Test("what is written is read back the same")
    func roundTrip() throws {
        let value: JSONValue = [
            "text": "quote \" backslash \\ newline \n tab \t bell \u{7} snow \u{2603} clef \u{1D11E}", "empty": [:],
            "list": [1, 2.5, true, false, nil, []],
        ]
        #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
    }

    @Test("escapes and surrogate pairs are read")
    func escapes() throws {
        let text = #""\u0041\ud834\udd1e\/\b\ud800x""#
        #expect(try JSONParser.parse(Array(text.utf8)) == "A\u{1D11E}/\u{8}\u{FFFD}x")
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "nul", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "1 2",
            "{a:1}", "[1 2]", "\"\n\"", "1e999", "-", "{\"a\" 1}",
        ])
    func malformed(_ text: String) {
        #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test("bytes that are no UTF-8 are refused")
    func invalidUTF8() {
        #expect(throws: JSONParseError.self) { try JSONParser.parse([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONParseError.self) { try JSONParser.parse([0x22, 0x5C, 0x6E, 0xFF, 0x22]) }
    }

    @Test("nesting has a limit, and just under it all is well")
    func depth() throws {
        let deepest = JSONParser.deepestNesting
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(deepest))
        #expect(throws: JSONParseError.self) { try JSONParser.parse(nested(deepest + 1)) }
        #expect(throws: JSONParseError.self) {
            try JSONParser.parse(Array(repeating: UInt8(ascii: "["), count: 5_000_000))
        }
    }

    @Test(
        "text without quotes is told as what it is",
        arguments: [("not json", "not"), ("hello", "hello"), ("[nul]", "nul"), ("Nothing", "Nothing")])
    func words(_ text: String, _ word: String) {
        #expect {
            try JSONParser.parse(Array(text.utf8))
        } throws: { "\($0)".hasPrefix("'\(word)' is no value of JSON at line 1, column ") }
    }

    @Test("texts that are longer than wanted are cut between two characters, with escapes or without")
    func cut() throws {
        for (text, expected) in [
            (#""abcd""#, "abc…"), (#""abc""#, "abc"), (#""aäöü""#, "aä…"), (#""ä""#, "ä"), (#""a\n\"b\\""#, "a\n\"…"),
            (#""\"\"\"\"\"""#, "\"\"\"…"), (#""abcd\\""#, "abc…"), (#""abc\n""#, "abc…"), (#""\\""#, "\\"),
        ] {
            let found = try JSONParser.parse(Array("[\(text),1]".utf8), longestText: 3)
            #expect(found == [.string(expected), 1], "\(text)")
        }
        for count in 0..<40 {
            let text =
                "\"abcd" + String(repeating: "x", count: count) + #"\"\\"# + String(repeating: "é", count: count % 7)
                + "\""
            let found = try JSONParser.parse(Array("[\(text),\"b\"]".utf8), longestText: 3)
            #expect(found == ["abc…", "b"], "\(count)")
        }
        #expect(try JSONParser.parse(Array(#"{"long key":1}"#.utf8), longestText: 3)["long key"] == 1)
        #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(#"["abcdef\""#.utf8), longestText: 3) }
    }

    @Test("a text of any length is read as it was written, and a control character in it is refused")
    func lengths() throws {
        for count in 0..<40 {
            let text =
                String(repeating: "x", count: count) + "\u{1F600}\"\\\n" + String(repeating: "ä", count: count % 9)
            let bytes = JSONWriter.bytes([.string(text), 1])
            #expect(try JSONParser.parse(bytes) == [.string(text), 1])
            let broken = Array("[\"\(String(repeating: "x", count: count))\tyyyyyyyyyyyy\"]".utf8)
            #expect(throws: JSONParseError.self) { try JSONParser.parse(broken) }
            #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(bytes.dropLast(4))) }
        }
    }

    @Test("an error names line and column")
    func position() {
        #expect {
            try JSONParser.parse(Array("{\n  \"a\": nope\n}".utf8))
        } throws: { error in
            (error as? JSONParseError).map { $0.line == 2 && $0.column == 8 } ?? false
        }
    }

    @Test("of duplicate keys the last wins, and large objects keep their order")
    func objects() throws {
        #expect(try JSONParser.parse(Array(#"{"a":1,"a":2}"#.utf8))["a"] == 2)
        var object = JSONObject()
        for number in 0..<100 { object["k\(number)"] = .number(Double(number)) }
        object["k50"] = nil
        #expect(object.count == 99)
        #expect(object["k99"] == 99)
        #expect(object["k50"] == nil)
        #expect(object.keys.first == "k0")
    }
}
