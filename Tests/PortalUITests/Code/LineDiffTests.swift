import Testing

@testable import PortalUI

/// Differences give both texts back, and are short where that can be had.
@Suite struct LineDiffTests {
    private static func text(_ count: Int, of kinds: Int, _ random: inout SeededNumbers) -> String {
        (0..<count).map { _ in "line \(Int.random(in: 0..<kinds, using: &random))\n" }.joined()
    }

    private static func sides(_ difference: LineDiff) -> (before: String, after: String) {
        func side(_ other: LineDiff.Change) -> String {
            difference.lines.filter { $0.change != other }.map { $0.text + "\n" }.joined()
        }
        return (side(.added), side(.removed))
    }

    /// Of a table of all beginnings.
    private static func shortest(_ old: [Int], _ new: [Int]) -> Int {
        var row = Array(0...new.count)
        for (x, one) in old.enumerated() {
            var diagonal = row[0]
            row[0] = x + 1
            for (y, other) in new.enumerated() {
                let next = one == other ? diagonal : 1 + min(row[y], row[y + 1])
                diagonal = row[y + 1]
                row[y + 1] = next
            }
        }
        return row[new.count]
    }

    @Test("both texts come back from any difference")
    func both() throws {
        var random = SeededNumbers(seed: 3)
        for _ in 0..<400 {
            let kinds = Int.random(in: 1...30, using: &random)
            let before = Self.text(Int.random(in: 0...40, using: &random), of: kinds, &random)
            let after = Self.text(Int.random(in: 0...40, using: &random), of: kinds, &random)
            let sides = Self.sides(try #require(LineDiff(before: before, after: after)))
            #expect(sides.before == before)
            #expect(sides.after == after)
        }
    }

    @Test("the difference is the shortest there is")
    func shortest() {
        var random = SeededNumbers(seed: 5)
        for _ in 0..<2_000 {
            let kinds = Int.random(in: 1...6, using: &random)
            func list() -> [Int] {
                (0..<Int.random(in: 0...24, using: &random)).map { _ in Int.random(in: 0..<kinds, using: &random) }
            }
            let (old, new) = (list(), list())
            let difference = MyersDiff(old, new)
            let count = difference.isRemoved.count { $0 } + difference.isAdded.count { $0 }
            #expect(count == Self.shortest(old, new), "\(old) \(new)")
        }
    }

    @Test("bounds make a difference longer, never wrong")
    func bounds() {
        var random = SeededNumbers(seed: 9)
        for _ in 0..<500 {
            let old = (0..<60).map { _ in Int.random(in: 0..<5, using: &random) }
            let new = (0..<60).map { _ in Int.random(in: 0..<5, using: &random) }
            let difference = MyersDiff(
                old, new, mostEdits: Int.random(in: 0...20, using: &random),
                mostSteps: Int.random(in: 0...300, using: &random))
            let kept = zip(old, difference.isRemoved).filter { !$0.1 }.map(\.0)
            #expect(kept == zip(new, difference.isAdded).filter { !$0.1 }.map(\.0))
        }
    }

    @Test("long texts of unlike lines take no longer than allowed, and small changes in them stay small")
    func long() throws {
        var random = SeededNumbers(seed: 11)
        let alike = Self.text(30_000, of: 4, &random)
        let other = Self.text(30_000, of: 4, &random)
        let sides = Self.sides(try #require(LineDiff(before: alike, after: other)))
        #expect(sides.before == alike)
        #expect(sides.after == other)
        let lines = (0..<30_000).map { "\($0): \($0 % 7)\n" }
        var changed = lines
        for place in [10, 200, 15_000, 29_999] { changed[place] = "new \(place)\n" }
        changed.swapAt(3_000, 3_001)
        let difference = try #require(LineDiff(before: lines.joined(), after: changed.joined()))
        #expect(difference.added == 5)
        #expect(difference.removed == 5)
    }

    @Test("line breaks at the end and of other systems")
    func ends() throws {
        let end = try #require(LineDiff(before: "a\nb", after: "a\nb\n"))
        #expect(end.isEndDifferent)
        #expect(end.added + end.removed == 0)
        #expect(try #require(LineDiff(before: "a\r\nb\n", after: "a\nb\n")).added == 1)
        #expect(try #require(LineDiff(before: "", after: "")).lines.isEmpty)
        #expect(try #require(LineDiff(before: "", after: "a\n")).added == 1)
        // Alike in meaning, not in bytes.
        #expect(try #require(LineDiff(before: "e\u{301}\n", after: "\u{E9}\n")).added == 1)
    }
}
