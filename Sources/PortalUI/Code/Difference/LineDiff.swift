/// How two texts differ, line by line.
///
/// Up to `mostForShortest` lines the difference is the shortest there is; in longer texts, lines that occur once in
/// each and come in the same order are held fast first, which takes n log n steps, and only what lies between them is
/// compared with bounded work.
public struct LineDiff: Sendable {
    /// What became of a line.
    public enum Change: Sendable { case same, removed, added }

    /// A line of the one text, the other, or both.
    public struct Line: Sendable {
        public let change: Change
        /// Its place in the text before, from 0.
        public let old: Int?
        /// Its place in the text after, from 0.
        public let new: Int?
        let bytes: ArraySlice<UInt8>

        /// Without its line break.
        public var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The lines of both texts in order; what was removed stands before what was added in its place.
    public let lines: [Line]
    public let added: Int
    public let removed: Int
    /// True where one text ends with a line break and the other does not.
    public let isEndDifferent: Bool

    static let mostForShortest = 2_000
    /// More bytes than these, of both texts together, are not compared.
    public static let mostBytes = 32 * 1_024 * 1_024

    /// - Returns: nil where the texts are too large to compare.
    public init?(before: String, after: String) {
        guard before.utf8.count + after.utf8.count <= Self.mostBytes else { return nil }
        let old = Self.lines(before)
        let new = Self.lines(after)
        var numbers: [LineBytes: Int] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int {
            let next = numbers.count
            let key = LineBytes(bytes: line)
            return numbers[key]
                ?? {
                    numbers[key] = next; return next
                }()
        }
        let oldNumbers = old.map(number)
        let newNumbers = new.map(number)
        let isShort = old.count + new.count <= Self.mostForShortest
        let anchors = isShort ? [] : Anchors.of(oldNumbers, newNumbers, kinds: numbers.count)
        let difference = MyersDiff(oldNumbers, newNumbers, anchors: anchors)
        lines = Self.joined(old, new, difference)
        added = difference.isAdded.count { $0 }
        removed = difference.isRemoved.count { $0 }
        isEndDifferent =
            before.utf8.last == Sign.newline && !after.isEmpty && after.utf8.last != Sign.newline
            || after.utf8.last == Sign.newline && !before.isEmpty && before.utf8.last != Sign.newline
    }

    private static func lines(_ text: String) -> [ArraySlice<UInt8>] {
        var lines = Array(text.utf8).split(separator: Sign.newline, omittingEmptySubsequences: false)
        // What a line break ends is one line, not two.
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func joined(
        _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], _ difference: MyersDiff
    ) -> [Line] {
        var lines: [Line] = []
        lines.reserveCapacity(max(old.count, new.count))
        var (x, y) = (0, 0)
        while x < old.count || y < new.count {
            if x < old.count, difference.isRemoved[x] {
                lines.append(Line(change: .removed, old: x, new: nil, bytes: old[x]))
                x += 1
            } else if y < new.count, difference.isAdded[y] {
                lines.append(Line(change: .added, old: nil, new: y, bytes: new[y]))
                y += 1
            } else {
                lines.append(Line(change: .same, old: x, new: y, bytes: old[x]))
                x += 1
                y += 1
            }
        }
        return lines
    }
}

/// A line compared by its bytes; texts compare by their meaning, which would hide a change of form.
struct LineBytes: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}

/// Lines that occur once in each text and in the same order in both.
private enum Anchors {
    static func of(_ old: [Int], _ new: [Int], kinds: Int) -> [(old: Int, new: Int)] {
        let oldPlaces = places(old, kinds)
        let newPlaces = places(new, kinds)
        let pairs = old.indices.compactMap { index -> (old: Int, new: Int)? in
            guard oldPlaces[old[index]] == index, case let other = newPlaces[old[index]], other >= 0 else { return nil }
            return (index, other)
        }
        return longestRising(pairs)
    }

    /// The place of each kind of line that occurs once; −1 for none, −2 for several.
    private static func places(_ lines: [Int], _ kinds: Int) -> [Int] {
        var places = Array(repeating: -1, count: kinds)
        for (index, line) in lines.enumerated() { places[line] = places[line] == -1 ? index : -2 }
        return places
    }

    /// The most pairs that rise in both places, found as cards are laid in patience.
    private static func longestRising(_ pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
        var tops: [Int] = []
        var before = Array(repeating: -1, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var (low, high) = (0, tops.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[tops[middle]].new < pair.new { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = tops[low - 1] }
            if low == tops.count { tops.append(index) } else { tops[low] = index }
        }
        var chain: [(old: Int, new: Int)] = []
        var index = tops.last ?? -1
        while index >= 0 {
            chain.append(pairs[index])
            index = before[index]
        }
        return chain.reversed()
    }
}
