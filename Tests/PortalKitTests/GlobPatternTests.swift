import PortalKit
import Testing

@Suite struct GlobPatternTests {
    /// Small numbers that are the same in each run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static func text(_ letters: [String], most: Int, _ numbers: inout Numbers) -> String {
        (0..<Int.random(in: 0...most, using: &numbers)).map { _ in letters.randomElement(using: &numbers) ?? "" }
            .joined()
    }

    @Test(
        "patterns as people write them",
        arguments: [
            ("**/*.yaml", "a.yaml", true), ("**/*.yaml", "x/y/a.yaml", true), ("**/*.yaml", "x/y/a.yml", false),
            ("*/catalog-info.yaml", "x/catalog-info.yaml", true),
            ("*/catalog-info.yaml", "x/y/catalog-info.yaml", false),
            ("{a,b}/?.y{a,}ml", "b/1.yml", true), ("{a,b}/?.y{a,}ml", "c/1.yml", false), ("a**", "a/b/c", true),
            ("", "", true), ("", "a", false), ("*", "", true), ("*", "a/b", false), ("?", "/", false),
            ("**", "a/b", true),
            ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "axb", false), (".*", ".git", true),
        ])
    func known(_ pattern: String, _ text: String, _ fits: Bool) {
        #expect(GlobPattern(pattern).matches(text) == fits)
    }

    @Test("texts of other scripts, which go another way, fit the same patterns")
    func sameWays() {
        var numbers = Numbers(state: 7)
        var fitting = 0
        for _ in 0..<20_000 {
            let pattern = Self.text(["a", "b", "/", "*", "**", "**/", "?", "{a,b}", "{,b/}"], most: 6, &numbers)
            let text = Self.text(["a", "b", "/"], most: 8, &numbers)
            let fits = GlobPattern(pattern).matches(text)
            let foreign = GlobPattern(pattern.replacing("b", with: "é")).matches(text.replacing("b", with: "é"))
            #expect(fits == foreign, "\(pattern) and \(text)")
            fitting += fits ? 1 : 0
        }
        #expect((2_000..<18_000).contains(fitting), "\(fitting)")
    }

    @Test("a pattern longer than a word, and one of many stars, take no longer than their length")
    func long() {
        let text = String(repeating: "a", count: 100)
        #expect(GlobPattern(text).matches(text) && !GlobPattern(text).matches(text + "a"))
        #expect(!GlobPattern(String(repeating: "*a", count: 30) + "b").matches(String(repeating: "a", count: 2_000)))
        #expect(GlobPattern(String(repeating: "a", count: 62) + "*").matches(text))
        #expect(GlobPattern("A*É", ignoresCase: true).matches("axé") && GlobPattern("?").matches("e\u{301}"))
    }

    @Test("paths lose what they need not say, and the rest stays")
    func normalized() {
        var numbers = Numbers(state: 9)
        for _ in 0..<5_000 {
            let path = Self.text(["a", "b.c", "/", "/", ".", "..", "..."], most: 9, &numbers)
            var kept: [Substring] = []
            for part in path.split(separator: "/") where part != "." {
                if part == ".." { _ = kept.popLast() } else { kept.append(part) }
            }
            #expect(FilePath.normalized(path) == "/" + kept.joined(separator: "/"), "\(path)")
        }
    }
}
