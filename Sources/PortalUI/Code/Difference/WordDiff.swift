/// What changed within a line that replaced another.
enum WordDiff {
    /// Longer lines are compared by how they begin and end.
    static let mostBytes = 4_000
    private static let mostEdits = 200
    private static let mostSteps = 40_000

    /// The changed places of both lines; nil where they have too little in common to be the same line.
    static func of(
        _ before: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>
    ) -> (before: [Range<Int>], after: [Range<Int>])? {
        guard before.count <= mostBytes, after.count <= mostBytes else { return ends(before, after) }
        let old = words(before)
        let new = words(after)
        var numbers: [LineBytes: Int] = [:]
        func number(_ range: Range<Int>, _ bytes: ArraySlice<UInt8>) -> Int {
            let key = LineBytes(bytes: bytes[range])
            let next = numbers.count
            return numbers[key]
                ?? {
                    numbers[key] = next; return next
                }()
        }
        let difference = MyersDiff(
            old.map { number($0, before) }, new.map { number($0, after) }, mostEdits: mostEdits, mostSteps: mostSteps)
        let oldChanges = joined(old, difference.isRemoved)
        let newChanges = joined(new, difference.isAdded)
        return isAlike(before, oldChanges) && isAlike(after, newChanges) ? (oldChanges, newChanges) : nil
    }

    /// Where the lines begin to differ and where they end to.
    private static func ends(
        _ before: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>
    ) -> (before: [Range<Int>], after: [Range<Int>])? {
        var start = zip(before, after).prefix { $0 == $1 }.count
        while start > 0, isInside(before, start) || isInside(after, start) { start -= 1 }
        let most = min(before.count, after.count) - start
        var end = zip(before.reversed(), after.reversed()).prefix(most).prefix { $0 == $1 }.count
        while end > 0, isInside(before, before.count - end) || isInside(after, after.count - end) { end -= 1 }
        return start + end == 0
            ? nil
            : (
                [before.startIndex + start..<before.endIndex - end].filter { !$0.isEmpty },
                [after.startIndex + start..<after.endIndex - end].filter { !$0.isEmpty }
            )
    }

    /// Within a character of several bytes.
    private static func isInside(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> Bool {
        offset < bytes.count && bytes[bytes.startIndex + offset] & 0xC0 == 0x80
    }

    /// Words, spaces between them, and signs one by one.
    private static func words(_ bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let start = index
            let isWord = isOfWord(bytes[index])
            let isBlank = Sign.isBlank(bytes[index])
            index += 1
            while index < bytes.endIndex, isWord && isOfWord(bytes[index]) || isBlank && Sign.isBlank(bytes[index]) {
                index += 1
            }
            words.append(start..<index)
        }
        return words
    }

    private static func isOfWord(_ byte: UInt8) -> Bool { Sign.isWord(byte) || byte >= 0x80 }

    /// Changed words that follow one another are one change.
    private static func joined(_ words: [Range<Int>], _ isChanged: [Bool]) -> [Range<Int>] {
        zip(words, isChanged).reduce(into: []) { out, word in
            guard word.1 else { return }
            if let last = out.last, last.upperBound == word.0.lowerBound {
                out[out.count - 1] = last.lowerBound..<word.0.upperBound
            } else {
                out.append(word.0)
            }
        }
    }

    /// A third of what can be seen is the same.
    private static func isAlike(_ bytes: ArraySlice<UInt8>, _ changes: [Range<Int>]) -> Bool {
        let all = bytes.count { !Sign.isBlank($0) }
        let changed = changes.reduce(0) { sum, range in sum + bytes[range].count { !Sign.isBlank($0) } }
        return all == 0 || (all - changed) * 3 >= all
    }
}
