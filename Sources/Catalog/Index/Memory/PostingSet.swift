/// A set of slot numbers: one number, a sorted list, or a bitmap, whichever is smallest for its size.
package enum PostingSet: Sendable, Equatable {
    case sorted([UInt32])
    case bitmap(Bitmap)
    case single(UInt32)

    /// A list turns into a bitmap beyond this length; 8 bytes a word pay off from about one number in 64.
    static let longestList = 512

    package static let empty = PostingSet.sorted([])

    package var count: Int {
        switch self {
        case .single: 1
        case .sorted(let list): list.count
        case .bitmap(let bitmap): bitmap.count
        }
    }

    package func contains(_ slot: UInt32) -> Bool {
        switch self {
        case .single(let one): one == slot
        case .sorted(let list): Self.position(of: slot, in: list).found
        case .bitmap(let bitmap): bitmap.contains(slot)
        }
    }

    package mutating func insert(_ slot: UInt32) {
        switch self {
        case .single(let one):
            if one != slot { self = .sorted(one < slot ? [one, slot] : [slot, one]) }
        case .sorted(var list):
            self = .empty
            let (index, found) = Self.position(of: slot, in: list)
            if !found { list.insert(slot, at: index) }
            if list.count == 1 {
                self = .single(slot)
            } else {
                self = list.count > Self.longestList ? .bitmap(Bitmap(list)) : .sorted(list)
            }
        case .bitmap(var bitmap):
            self = .empty
            bitmap.insert(slot)
            self = .bitmap(bitmap)
        }
    }

    package mutating func remove(_ slot: UInt32) {
        switch self {
        case .single(let one):
            if one == slot { self = .empty }
        case .sorted(var list):
            self = .empty
            let (index, found) = Self.position(of: slot, in: list)
            if found { list.remove(at: index) }
            self = .sorted(list)
        case .bitmap(var bitmap):
            self = .empty
            bitmap.remove(slot)
            self = .bitmap(bitmap)
        }
    }

    /// Calls `body` for each slot, in ascending order.
    package func forEach(_ body: (UInt32) -> Void) {
        switch self {
        case .single(let one): body(one)
        case .sorted(let list): list.forEach(body)
        case .bitmap(let bitmap): bitmap.forEach(body)
        }
    }

    /// The set as a bitmap of at least `capacity` slots.
    package func asBitmap(capacity: Int) -> Bitmap {
        switch self {
        case .single(let one): return Bitmap([one], capacity: capacity)
        case .sorted(let list): return Bitmap(list, capacity: capacity)
        case .bitmap(var bitmap):
            bitmap.reserve(capacity)
            return bitmap
        }
    }

    /// How many slots are in both.
    package func countShared(with bitmap: Bitmap) -> Int {
        switch self {
        case .single(let one): bitmap.contains(one) ? 1 : 0
        case .sorted(let list): list.reduce(0) { $0 + (bitmap.contains($1) ? 1 : 0) }
        case .bitmap(let other): bitmap.countShared(with: other)
        }
    }

    private static func position(of slot: UInt32, in list: [UInt32]) -> (index: Int, found: Bool) {
        if let last = list.last, last < slot { return (list.count, false) }
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return (low, low < list.count && list[low] == slot)
    }
}
