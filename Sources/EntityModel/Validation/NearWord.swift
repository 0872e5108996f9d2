/// What somebody may have meant who wrote a word that is none of the known ones.
public enum NearWord {
    /// The known word that is nearest to one that was written; nil where none is near, or it is one of them.
    ///
    /// - Parameter most: letters that may differ, for whoever wants no more than a third of the word.
    public static func of(
        _ word: String, among known: some Collection<String>, differingBy most: Int = .max
    ) -> String? {
        // The work is the product of both lengths, and no vocabulary has long words.
        guard word.utf8.count <= longest, !known.contains(word) else { return nil }
        let written = word.lowercased()
        let length = word.count
        return known.compactMap { word -> (word: String, distance: Int)? in
            let most = min(most, max(1, min(length, word.count) / 3))
            // At least so many differ, and most pairs of words by more than that.
            guard abs(length - word.count) <= most else { return nil }
            let distance = distance(word.lowercased(), written)
            return distance <= most ? (word, distance) : nil
        }
        .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    private static let longest = 200
    /// Words of one list that are worth a look: who misspells more needs no hint, and may mean to keep us busy.
    public static let mostTried = 50

    /// How many letters differ: insertions, deletions, changes and swaps of neighbours count one each.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var before: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            row.reserveCapacity(last.count)
            for j in right.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, before[j - 1] + 1)
                }
                row.append(best)
            }
            (before, last) = (last, row)
        }
        return last[right.count]
    }
}
