/// Memory for a fixed number of elements that stays where it is for as long as anything refers to it.
///
/// Readers go through addresses that are kept beside it, because counting references to what all processors read costs
/// more than the reading (decision 0009). Four rules make that sound, also from several threads:
/// - whoever keeps an address keeps the memory too, in the same value;
/// - elements are trivial, so nothing is released with them;
/// - what a second value may see is never written again: see `ChunkedArray`, `PackedBytes`, `PinnedLists` and `TextArena`;
/// - it begins where the object ends, which moves as little as the object does.
final class PinnedMemory<Element: BitwiseCopyable & Sendable>: ManagedBuffer<Int, Element> {
    /// - Parameter capacity: elements that may be written; they begin without a value.
    static func make(capacity: Int) -> PinnedMemory {
        let made = PinnedMemory.create(minimumCapacity: capacity) { _ in capacity }
        return unsafeDowncast(made, to: PinnedMemory.self)
    }

    /// A copy of elements, with room for more.
    static func make(_ elements: UnsafeBufferPointer<Element>, capacity: Int) -> PinnedMemory {
        let made = make(capacity: max(capacity, elements.count))
        if let start = elements.baseAddress { made.base.initialize(from: start, count: elements.count) }
        return made
    }

    /// How many elements may be written.
    var room: Int { header }

    var base: UnsafeMutablePointer<Element> { withUnsafeMutablePointerToElements { $0 } }
}
