import EntityModel
import Testing

/// What the cases are compared by must itself tell right from wrong.
@Suite struct JSONPatternTests {
    @Test(
        "a pattern fits what it says",
        arguments: [
            ("1", "1"), (#""<any>""#, "null"), (#""<contains b>""#, #""abc""#),
            (#"{"a": 1, "...": "..."}"#, #"{"a": 1, "b": 2}"#),
            (#"["<any order>", 1, 2]"#, "[2, 1]"), (#"[{"a": "<any>"}]"#, #"[{"a": [1]}]"#),
        ])
    func fits(_ pattern: String, _ value: String) throws { #expect(try mismatch(pattern, value) == nil) }

    @Test(
        "a pattern refuses everything else, and says where",
        arguments: [
            ("1", "2", "the body is 2"), (#""<contains b>""#, #""acd""#, "does not contain"),
            (#""<unknown b>""#, #""b""#, "unknown mark"),
            (#"{"a": 1}"#, #"{"a": 1, "b": 2}"#, "the body.b is not expected"),
            (#"{"a": 1, "b": 2}"#, #"{"a": 1}"#, "the body.b is missing"), ("[1]", "[1, 2]", "2 elements"),
            ("[1, 2]", "[1]", "1 elements"), (#"["<any order>", 1]"#, "[1, 2]", "is not expected"),
            (#"["<any order>", 1, 1]"#, "[1, 2]", "lacks 1"), (#"[{"a": 1}]"#, #"[{"a": 2}]"#, "the body[0].a is 2"),
            ("[]", "{}", "not an array"), (#"{"...": "..."}"#, "[]", "not an object"),
        ])
    func refuses(_ pattern: String, _ value: String, _ reason: String) throws {
        let problem = try #require(try mismatch(pattern, value))
        #expect(problem.contains(reason))
    }

    @Test("what a mark stood for is kept")
    func keeps() throws {
        var pattern = JSONPattern(try JSONParser.parse(Array(#"{"a": ["<any first>"], "b": "<any second>"}"#.utf8)))
        #expect(pattern.mismatch(["a": ["x"], "b": 7]) == nil)
        #expect(pattern.kept == ["first": "x", "second": "7"])
    }

    private func mismatch(_ pattern: String, _ value: String) throws -> String? {
        var pattern = JSONPattern(try JSONParser.parse(Array(pattern.utf8)))
        return pattern.mismatch(try JSONParser.parse(Array(value.utf8)))
    }
}
