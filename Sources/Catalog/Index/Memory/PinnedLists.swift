import CProcessor

/// Lists of trivial elements by number, each in memory of its own and read without counting references.
///
/// A list is changed in place while no copy of this value shares it, else in a copy of the list.
struct PinnedLists<Element: BitwiseCopyable & Sendable>: Sendable {
    private struct Place: BitwiseCopyable, Sendable {
        nonisolated(unsafe) var base: UnsafeMutablePointer<Element>?
        var count: Int
    }

    private var places = ChunkedArray<Place>()
    /// What the places lead to; in chunks as they are, so that a change copies little.
    nonisolated(unsafe) private var owners: [[PinnedMemory<Element>?]] = []

    private static var chunkBits: Int { 9 }
    private static var chunkMask: Int { 1 << chunkBits - 1 }

    var count: Int { places.count }

    /// Adds an empty list.
    mutating func append() {
        if places.count & Self.chunkMask == 0 {
            owners.append([])
            owners[owners.count - 1].reserveCapacity(Self.chunkMask + 1)
        }
        owners[owners.count - 1].append(nil)
        places.append(Place(base: nil, count: 0))
    }

    /// Calls `body` with the list of a number, which must not leave it.
    @inline(__always)
    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            let place = places[number]
            return try body(UnsafeBufferPointer(start: place.base, count: place.count))
        }
    }

    /// Begins to fetch where a list is, for `prefetch` or a read after it.
    @inline(__always)
    func prefetchPlace(_ number: Int) { places.prefetch(number) }

    /// Begins to fetch some elements of a list, as far as it has them.
    @inline(__always)
    func prefetch(_ number: Int, _ range: Range<Int>) {
        guard number < places.count else { return }
        let place = places[number]
        guard let base = place.base.map(UnsafeRawPointer.init) else { return }
        let start = range.lowerBound * MemoryLayout<Element>.stride
        let end = min(place.count, range.upperBound) * MemoryLayout<Element>.stride
        // Memory comes in lines of 64 bytes, and a list begins somewhere within one.
        for offset in stride(from: start, through: end, by: 64) { callboard_prefetch(base + offset) }
    }

    /// A copy of the list of a number.
    subscript(number: Int) -> [Element] { with(number) { Array($0) } }

    func element(_ index: Int, of number: Int) -> Element { with(number) { $0[index] } }

    mutating func set(_ number: Int, to elements: [Element]) {
        elements.withUnsafeBufferPointer { set(number, to: $0) }
    }

    mutating func set(_ number: Int, to elements: UnsafeBufferPointer<Element>) {
        let memory = elements.isEmpty ? nil : PinnedMemory.make(elements, capacity: elements.count)
        take(memory, count: elements.count, at: number)
    }

    mutating func append(_ element: Element, to number: Int) { insert(element, at: places[number].count, in: number) }

    mutating func insert(_ element: Element, at index: Int, in number: Int) {
        let count = places[number].count
        precondition(index >= 0 && index <= count, "An index beyond the end of a list")
        let base = own(number, room: count + 1)
        (base + index + 1).update(from: base + index, count: count - index)
        base[index] = element
        places.set(number, to: Place(base: base, count: count + 1))
    }

    mutating func remove(at index: Int, in number: Int) {
        let count = places[number].count
        precondition(index >= 0 && index < count, "An index beyond the end of a list")
        let base = own(number, room: count)
        (base + index).update(from: base + index + 1, count: count - index - 1)
        places.set(number, to: Place(base: base, count: count - 1))
    }

    mutating func replace(at index: Int, in number: Int, with element: Element) {
        precondition(index >= 0 && index < places[number].count, "An index beyond the end of a list")
        own(number, room: places[number].count)[index] = element
    }

    /// The memory of a list, made its own and large enough.
    private mutating func own(_ number: Int, room: Int) -> UnsafeMutablePointer<Element> {
        let (chunk, index) = (number >> Self.chunkBits, number & Self.chunkMask)
        if isKnownUniquelyReferenced(&owners[chunk][index]), let owner = owners[chunk][index], owner.room >= room {
            return owner.base
        }
        let count = places[number].count
        // Lists that grow tend to grow on.
        let memory = with(number) {
            PinnedMemory.make($0, capacity: room > count && count > 0 ? room + room / 2 : room)
        }
        take(memory, count: count, at: number)
        return memory.base
    }

    private mutating func take(_ memory: PinnedMemory<Element>?, count: Int, at number: Int) {
        owners[number >> Self.chunkBits][number & Self.chunkMask] = memory
        places.set(number, to: Place(base: memory?.base, count: count))
    }
}
