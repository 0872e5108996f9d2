/// The shortest way from one list to another in the space of the lists themselves, with bounded work.
///
/// Myers' algorithm with the middle of the way found from both ends at once. Two bounds hold on any input: a part that
/// needs more than `mostEdits` changes from each end, and all parts once `mostSteps` comparisons are used up, count as
/// replaced as a whole. So the answer is always right, and at worst longer than it could be.
struct MyersDiff {
    /// Which elements of each list the other has not.
    private(set) var isRemoved: [Bool]
    private(set) var isAdded: [Bool]

    private let before: [Int]
    private let after: [Int]
    private let mostEdits: Int
    private var steps: Int
    /// How far each diagonal was followed, from the start and from the end.
    private var forward: [Int]
    private var backward: [Int]

    /// - Parameter anchors: pairs of equal elements, in order, that the way must go through.
    init(
        _ before: [Int], _ after: [Int], anchors: [(old: Int, new: Int)] = [], mostEdits: Int = 1_000,
        mostSteps: Int = 4_000_000
    ) {
        self.before = before
        self.after = after
        self.mostEdits = mostEdits
        steps = mostSteps
        isRemoved = Array(repeating: false, count: before.count)
        isAdded = Array(repeating: false, count: after.count)
        let room = 2 * min(mostEdits, before.count + after.count) + 5
        forward = Array(repeating: 0, count: room)
        backward = forward
        run(anchors)
    }

    /// A part of both lists.
    private struct Part {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// A list of what is still to do takes the place of recursion.
    private mutating func run(_ anchors: [(old: Int, new: Int)]) {
        var parts: [Part] = []
        var (old, new) = (0, 0)
        for anchor in anchors + [(before.count, after.count)] {
            parts.append(Part(old: old..<anchor.old, new: new..<anchor.new))
            (old, new) = anchor
        }
        while let next = parts.popLast() {
            let part = trimmed(next)
            if part.old.isEmpty || part.new.isEmpty {
                replace(part)
            } else if let middle = middle(of: part) {
                parts.append(Part(old: part.old.lowerBound..<middle.old, new: part.new.lowerBound..<middle.new))
                parts.append(Part(old: middle.old..<part.old.upperBound, new: middle.new..<part.new.upperBound))
            } else {
                replace(part)
            }
        }
    }

    private mutating func replace(_ part: Part) {
        for index in part.old { isRemoved[index] = true }
        for index in part.new { isAdded[index] = true }
    }

    /// Without what both begin and end with.
    private func trimmed(_ part: Part) -> Part {
        var (old, new) = (part.old, part.new)
        while let first = old.first, let other = new.first, before[first] == after[other] {
            old = old.dropFirst()
            new = new.dropFirst()
        }
        while let last = old.last, let other = new.last, before[last] == after[other] {
            old = old.dropLast()
            new = new.dropLast()
        }
        return Part(old: old, new: new)
    }

    /// A place on a shortest way, where the ways from both ends meet; nil where finding it takes too long.
    private mutating func middle(of part: Part) -> (old: Int, new: Int)? {
        let most = min(mostEdits, (part.old.count + part.new.count + 1) / 2)
        let center = forward.count / 2
        for edits in 0...most {
            guard steps > 0 else { return nil }
            let place = goForward(part, edits, center) ?? goBackward(part, edits, center)
            guard let place else { continue }
            let isCorner =
                place == (part.old.lowerBound, part.new.lowerBound)
                || place == (part.old.upperBound, part.new.upperBound)
            return isCorner ? nil : place
        }
        return nil
    }

    private mutating func goForward(_ part: Part, _ edits: Int, _ center: Int) -> (Int, Int)? {
        let (width, height) = (part.old.count, part.new.count)
        let delta = width - height
        for diagonal in stride(from: -edits, through: edits, by: 2) {
            var x = Self.start(forward, diagonal, edits, center, width, height)
            defer { forward[center + diagonal] = x }
            steps -= 1
            guard x >= 0 else { continue }
            while x < width, x - diagonal < height,
                before[part.old.lowerBound + x] == after[part.new.lowerBound + x - diagonal]
            {
                x += 1
                steps -= 1
            }
            let other = delta - diagonal
            if delta % 2 != 0, abs(other) < edits, x + backward[center + other] >= width {
                return (part.old.lowerBound + x, part.new.lowerBound + x - diagonal)
            }
        }
        return nil
    }

    private mutating func goBackward(_ part: Part, _ edits: Int, _ center: Int) -> (Int, Int)? {
        let (width, height) = (part.old.count, part.new.count)
        let delta = width - height
        for diagonal in stride(from: -edits, through: edits, by: 2) {
            var x = Self.start(backward, diagonal, edits, center, width, height)
            defer { backward[center + diagonal] = x }
            steps -= 1
            guard x >= 0 else { continue }
            while x < width, x - diagonal < height,
                before[part.old.upperBound - 1 - x] == after[part.new.upperBound - 1 - x + diagonal]
            {
                x += 1
                steps -= 1
            }
            let other = delta - diagonal
            if delta % 2 == 0, abs(other) <= edits, x + forward[center + other] >= width {
                return (part.old.upperBound - x, part.new.upperBound - x + diagonal)
            }
        }
        return nil
    }

    /// Smaller than any place, also after some steps.
    private static let unreachable = -1 << 40

    /// Where a diagonal is entered from its neighbours, within both lists.
    private static func start(
        _ reached: [Int], _ diagonal: Int, _ edits: Int, _ center: Int, _ width: Int, _ height: Int
    ) -> Int {
        if edits == 0 { return 0 }
        var best = unreachable
        if diagonal > -edits {
            let x = reached[center + diagonal - 1] + 1
            if x <= width { best = max(best, x) }
        }
        if diagonal < edits {
            let x = reached[center + diagonal + 1]
            if x - diagonal <= height { best = max(best, x) }
        }
        return best < 0 ? unreachable : best
    }
}
