import CProcessor

/// By number where elements are, and what owns the memory there: read through the address, without counting references.
///
/// Whoever sets a place sees to it that its owner keeps the memory, and that what another copy may see is not written.
struct OwnedPlaces<Element: BitwiseCopyable & Sendable, Owner: AnyObject>: Sendable {
    struct Place: BitwiseCopyable, Sendable {
        nonisolated(unsafe) var base: UnsafeMutablePointer<Element>?
        var count: Int
    }

    private var places = ChunkedArray<Place>()
    /// In chunks as the places are, so that a change copies little.
    nonisolated(unsafe) private var owners: [[Owner?]] = []

    private static var chunkBits: Int { 9 }
    private static var chunkMask: Int { 1 << chunkBits - 1 }

    var count: Int { places.count }

    /// Adds a place without elements.
    mutating func append() {
        if places.count & Self.chunkMask == 0 {
            owners.append([])
            owners[owners.count - 1].reserveCapacity(Self.chunkMask + 1)
        }
        owners[owners.count - 1].append(nil)
        places.append(Place(base: nil, count: 0))
    }

    @inline(__always)
    subscript(number: Int) -> Place { places[number] }

    func owner(of number: Int) -> Owner? { owners[number >> Self.chunkBits][number & Self.chunkMask] }

    /// The owner of a number, where nothing else refers to it.
    mutating func soleOwner(of number: Int) -> Owner? {
        let (chunk, index) = (number >> Self.chunkBits, number & Self.chunkMask)
        return isKnownUniquelyReferenced(&owners[chunk][index]) ? owners[chunk][index] : nil
    }

    mutating func set(_ number: Int, to place: Place, of owner: Owner?) {
        owners[number >> Self.chunkBits][number & Self.chunkMask] = owner
        places.set(number, to: place)
    }

    /// Another place of the same owner.
    mutating func set(_ number: Int, to place: Place) { places.set(number, to: place) }

    /// Owners, each once.
    var ownerCount: Int { Set(owners.joined().compactMap { $0.map { ObjectIdentifier($0) } }).count }

    /// Calls `body` with the elements of a number, which must not leave it.
    @inline(__always)
    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            let place = places[number]
            return try body(UnsafeBufferPointer(start: place.base, count: place.count))
        }
    }

    /// Begins to fetch where elements are, for `prefetch` or a read after it.
    @inline(__always)
    func prefetchPlace(_ number: Int) { places.prefetch(number) }

    /// Begins to fetch some elements of a number, as far as it has them.
    @inline(__always)
    func prefetch(_ number: Int, _ range: Range<Int>) {
        guard number < places.count else { return }
        let place = places[number]
        guard let base = place.base.map(UnsafeRawPointer.init) else { return }
        let start = range.lowerBound * MemoryLayout<Element>.stride
        let end = min(place.count, range.upperBound) * MemoryLayout<Element>.stride
        // Memory comes in lines of 64 bytes, and elements begin somewhere within one.
        for offset in stride(from: start, through: end, by: 64) { callboard_prefetch(base + offset) }
    }
}
