import CProcessor

/// Strings of bytes by number, end to end in large pages and read without counting references.
///
/// A string never changes; a number gets another one. What is replaced stays until nothing else in its page is wanted.
/// So once an eighth is dead, each change also writes some strings anew, in their order, until all have moved and the old
/// pages have gone, one after another. What changes meanwhile goes elsewhere: it would keep them to the last.
struct PackedBytes: Sendable {
    private struct Place: BitwiseCopyable, Sendable {
        nonisolated(unsafe) var base: UnsafePointer<UInt8>?
        var count: Int
    }

    /// Bytes of a page; so large that the allocator takes it from the system.
    private static let pageSize = 1 << 20
    /// Dead bytes that are not worth moving anything.
    private static let leastDead = 2 << 20
    /// A string beyond this has a page of its own, which goes with it.
    private static let mostShared = pageSize / 8
    /// With as many bytes moved for each that changes, an eighth dies while all move. More of them would be there twice:
    /// whoever reads keeps what was, until the changes of a batch are published.
    private static let movedByChanged = 8
    /// Numbers that are looked at for one change.
    private static let mostLookedAt = 256

    private var places = ChunkedArray<Place>()
    /// The pages that the places lead to; in chunks as they are, so that a change copies little.
    private var owners: [[BytePage?]] = []
    private var changes = Writer()
    private var moves = Writer()
    private var live = 0
    /// Bytes that were replaced since strings last began to move.
    private var dead = 0
    /// The number that is to move next.
    private var next: Int?

    private static var chunkBits: Int { 9 }
    private static var chunkMask: Int { 1 << chunkBits - 1 }

    var count: Int { places.count }

    /// Pages that are kept, for tests.
    var pageCount: Int { Set(owners.joined().compactMap { $0.map(ObjectIdentifier.init) }).count }

    /// Adds an empty string.
    mutating func append() {
        if places.count & Self.chunkMask == 0 {
            owners.append([])
            owners[owners.count - 1].reserveCapacity(Self.chunkMask + 1)
        }
        owners[owners.count - 1].append(nil)
        places.append(Place(base: nil, count: 0))
    }

    /// Calls `body` with the string of a number, which must not leave it.
    @inline(__always)
    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            let place = places[number]
            return try body(UnsafeBufferPointer(start: place.base, count: place.count))
        }
    }

    /// A copy of the string of a number.
    subscript(number: Int) -> [UInt8] { with(number) { Array($0) } }

    mutating func set(_ number: Int, to bytes: [UInt8]) {
        let before = places[number].count
        live += bytes.count - before
        if before <= Self.mostShared { dead += before }
        bytes.withUnsafeBufferPointer { keep($0, at: number, by: \.changes) }
        if next == nil, dead > max(live / 8, Self.leastDead) { (next, dead) = (0, 0) }
        if let next { move(from: next, about: max(before, bytes.count) * Self.movedByChanged) }
    }

    /// The same strings, where they are, under other numbers.
    /// - Parameter numbers: by new number the one that a string has here; nil for an empty string.
    func renumbered(_ numbers: [Int?]) -> PackedBytes {
        var other = self
        (other.places, other.owners) = (ChunkedArray(), [])
        for (number, old) in numbers.enumerated() {
            other.append()
            guard let old else { continue }
            other.places.set(number, to: places[old])
            other.owners[number >> Self.chunkBits][number & Self.chunkMask] =
                owners[old >> Self.chunkBits][old & Self.chunkMask]
        }
        // What moved already may have a number again that is still to move, and the other way round.
        other.next = next.map { _ in 0 }
        return other
    }

    private mutating func move(from first: Int, about wanted: Int) {
        var number = first
        var moved = 0
        while number < min(first + Self.mostLookedAt, count), moved < wanted {
            let place = places[number]
            // The page is kept by its owner until the string is written elsewhere. A page of its own need not be left.
            if place.count > 0, place.count <= Self.mostShared {
                keep(UnsafeBufferPointer(start: place.base, count: place.count), at: number, by: \.moves)
                moved += place.count
            }
            number += 1
        }
        next = number < count ? number : nil
    }

    private mutating func keep(
        _ bytes: UnsafeBufferPointer<UInt8>, at number: Int, by writer: WritableKeyPath<PackedBytes, Writer>
    ) {
        let (chunk, index) = (number >> Self.chunkBits, number & Self.chunkMask)
        if bytes.isEmpty {
            places.set(number, to: Place(base: nil, count: 0))
            owners[chunk][index] = nil
        } else {
            let (page, base) = self[keyPath: writer].write(bytes)
            places.set(number, to: Place(base: base, count: bytes.count))
            owners[chunk][index] = page
        }
    }

    /// Fills one page after another.
    private struct Writer: Sendable {
        private var page: BytePage?
        /// Bytes of this value in the page.
        private var used = 0

        mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) -> (BytePage, UnsafePointer<UInt8>) {
            let (page, start) = room(for: bytes.count)
            let base = page.base + start
            if let from = bytes.baseAddress { base.initialize(from: from, count: bytes.count) }
            return (page, UnsafePointer(base))
        }

        /// A page with free bytes, and where these begin.
        private mutating func room(for count: Int) -> (BytePage, start: Int) {
            if count > mostShared { return (BytePage(room: count), 0) }
            if let page, page.claim(count, after: used) {
                defer { used += count }
                return (page, used)
            }
            let page = BytePage(room: pageSize)
            _ = page.claim(count, after: 0)
            (self.page, used) = (page, count)
            return (page, 0)
        }
    }

    /// Begins to fetch where a string is, for `prefetch` or a read after it.
    @inline(__always)
    func prefetchPlace(_ number: Int) { places.prefetch(number) }

    /// Begins to fetch some bytes of a string, as far as it has them.
    @inline(__always)
    func prefetch(_ number: Int, _ range: Range<Int>) {
        guard number < places.count else { return }
        let place = places[number]
        guard let base = place.base.map(UnsafeRawPointer.init) else { return }
        // Memory comes in lines of 64 bytes, and a string begins somewhere within one.
        for offset in stride(from: range.lowerBound, through: min(place.count, range.upperBound), by: 64) {
            callboard_prefetch(base + offset)
        }
    }
}
