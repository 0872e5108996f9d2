/// Lists of trivial elements by number, each in memory of its own and read without counting references.
///
/// A list is changed in place while no copy of this value shares it, else in a copy of the list.
struct PinnedLists<Element: BitwiseCopyable & Sendable>: Sendable {
    private var places = OwnedPlaces<Element, PinnedMemory<Element>>()

    var count: Int { places.count }

    /// Adds an empty list.
    mutating func append() { places.append() }

    /// Calls `body` with the list of a number, which must not leave it.
    @inline(__always)
    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        try places.with(number, body)
    }

    /// Begins to fetch where a list is, for `prefetch` or a read after it.
    @inline(__always)
    func prefetchPlace(_ number: Int) { places.prefetchPlace(number) }

    /// Begins to fetch some elements of a list, as far as it has them.
    @inline(__always)
    func prefetch(_ number: Int, _ range: Range<Int>) { places.prefetch(number, range) }

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
        places.set(number, to: .init(base: base, count: count + 1))
    }

    mutating func remove(at index: Int, in number: Int) {
        let count = places[number].count
        precondition(index >= 0 && index < count, "An index beyond the end of a list")
        let base = own(number, room: count)
        (base + index).update(from: base + index + 1, count: count - index - 1)
        places.set(number, to: .init(base: base, count: count - 1))
    }

    mutating func replace(at index: Int, in number: Int, with element: Element) {
        precondition(index >= 0 && index < places[number].count, "An index beyond the end of a list")
        own(number, room: places[number].count)[index] = element
    }

    /// The memory of a list, made its own and large enough.
    private mutating func own(_ number: Int, room: Int) -> UnsafeMutablePointer<Element> {
        if let owner = places.soleOwner(of: number), owner.room >= room { return owner.base }
        let count = places[number].count
        // Lists that grow tend to grow on.
        let memory = with(number) {
            PinnedMemory.make($0, capacity: room > count && count > 0 ? room + room / 2 : room)
        }
        take(memory, count: count, at: number)
        return memory.base
    }

    private mutating func take(_ memory: PinnedMemory<Element>?, count: Int, at number: Int) {
        places.set(number, to: .init(base: memory?.base, count: count), of: memory)
    }
}
