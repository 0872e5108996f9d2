/// Strings of bytes by number, end to end in large pages and read without counting references.
///
/// A string never changes; a number gets another one. What is replaced stays until nothing else in its page is wanted.
/// So once an eighth is dead, each change also writes some strings anew, in their order, until all have moved and the old
/// pages have gone, one after another. What changes meanwhile goes elsewhere: it would keep them to the last.
struct PackedBytes: Sendable {
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

    private var places = OwnedPlaces<UInt8, BytePage>()
    private var changes = Writer()
    private var moves = Writer()
    private var live = 0
    /// Bytes that were replaced since strings last began to move.
    private var dead = 0
    /// The number that is to move next.
    private var next: Int?

    var count: Int { places.count }

    /// Pages that are kept.
    var pageCount: Int { places.ownerCount }
    /// Memory that they take, about.
    var bytes: Int { pageCount << 20 }

    /// Adds an empty string.
    mutating func append() { places.append() }

    /// Calls `body` with the string of a number, which must not leave it.
    @inline(__always)
    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try places.with(number, body)
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
        other.places = OwnedPlaces()
        for (number, old) in numbers.enumerated() {
            other.append()
            guard let old else { continue }
            other.places.set(number, to: places[old], of: places.owner(of: old))
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
        if bytes.isEmpty {
            places.set(number, to: .init(base: nil, count: 0), of: nil)
        } else {
            let (page, base) = self[keyPath: writer].write(bytes)
            places.set(number, to: .init(base: base, count: bytes.count), of: page)
        }
    }

    /// Fills one page after another.
    private struct Writer: Sendable {
        private var page: BytePage?
        /// Bytes of this value in the page.
        private var used = 0

        mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) -> (BytePage, UnsafeMutablePointer<UInt8>) {
            let (page, start) = room(for: bytes.count)
            let base = page.base + start
            if let from = bytes.baseAddress { base.initialize(from: from, count: bytes.count) }
            return (page, base)
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
    func prefetchPlace(_ number: Int) { places.prefetchPlace(number) }

    /// Begins to fetch some bytes of a string, as far as it has them.
    @inline(__always)
    func prefetch(_ number: Int, _ range: Range<Int>) { places.prefetch(number, range) }
}
