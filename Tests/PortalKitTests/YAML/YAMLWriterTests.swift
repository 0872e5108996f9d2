import EntityModel
import PortalKit
import Testing

@Suite struct YAMLWriterTests {
    @Test(
        "what is written is read back",
        arguments: [
            "", "plain", "two words", "yes", "null", "1.5", "0x10", "- a", "a: b", "a:", "#no", "a #b", " lead",
            "trail ",
            "line\nline", "line\nline\n", "line\n\n\nline\n\n", "\n", " \n", "tab\tin", "quote\"", "back\\slash",
            "{a}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a", "é日本", "\u{85}", "\u{2028}x\ny", "\u{7}", "~",
            "2024-01-01",
        ])
    func roundTrip(_ text: String) throws {
        let value: JSONValue = [
            "text": .string(text), "list": [.string(text), ["nested": .string(text)], [], [:]], "number": 1.5,
            "none": .null, "flag": true, "empty": [:],
        ]
        let written = YAMLWriter.text(value)
        let documents = YAMLReader.documents(Array(written.utf8))
        #expect(documents.count == 1)
        #expect(try documents.first?.value.get() == value, "\(written)")
        #expect(
            try YAMLReader.documents(Array(YAMLWriter.text([.string(text)]).utf8)).first?.value.get() == [.string(text)]
        )
    }
}
