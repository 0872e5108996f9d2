import CProcessor

/// An array of trivial elements whose copies share all but the chunks that change: what a batch of changes copies does
/// not grow with the whole, and reading counts no references.
struct ChunkedArray<Element: BitwiseCopyable & Sendable>: Sendable {
    private static var chunkBits: Int { 9 }
    private static var chunkSize: Int { 1 << chunkBits }

    nonisolated(unsafe) private var owners: [PinnedMemory<Element>] = []
    /// Where the memory of each owner begins.
    nonisolated(unsafe) private var bases: [UnsafeMutablePointer<Element>] = []
    private(set) var count = 0

    mutating func append(_ element: Element) {
        let chunk = count >> Self.chunkBits
        if chunk == owners.count { take(PinnedMemory.make(capacity: Self.chunkSize), at: chunk) } else { own(chunk) }
        (bases[chunk] + (count & (Self.chunkSize - 1))).initialize(to: element)
        count += 1
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "An index beyond the end of a chunked array")
        return withExtendedLifetime(owners) { bases[index >> Self.chunkBits][index & (Self.chunkSize - 1)] }
    }

    /// Begins to fetch an element that will be read.
    @inline(__always)
    func prefetch(_ index: Int) {
        guard index >= 0, index < count else { return }
        callboard_prefetch(bases[index >> Self.chunkBits] + (index & (Self.chunkSize - 1)))
    }

    mutating func set(_ index: Int, to element: Element) {
        precondition(index >= 0 && index < count, "An index beyond the end of a chunked array")
        let chunk = index >> Self.chunkBits
        own(chunk)
        bases[chunk][index & (Self.chunkSize - 1)] = element
    }

    /// Makes a chunk this value's own, so that no copy sees what is written to it.
    private mutating func own(_ chunk: Int) {
        if isKnownUniquelyReferenced(&owners[chunk]) { return }
        let filled = min(count - chunk << Self.chunkBits, Self.chunkSize)
        let copy = PinnedMemory.make(UnsafeBufferPointer(start: bases[chunk], count: filled), capacity: Self.chunkSize)
        take(copy, at: chunk)
    }

    private mutating func take(_ memory: PinnedMemory<Element>, at chunk: Int) {
        if chunk == owners.count {
            owners.append(memory)
            bases.append(memory.base)
        } else {
            owners[chunk] = memory
            bases[chunk] = memory.base
        }
    }
}

/// Elements in an order of their own, in chunks of which copies share all that do not change.
struct SortedChunks<Element: Sendable>: Sendable {
    private static var longest: Int { 256 }

    private(set) var chunks: [[Element]] = []
    private(set) var count = 0

    init() {}

    /// - Parameter elements: in their order.
    init(_ elements: [Element]) {
        count = elements.count
        let step = Self.longest * 3 / 4
        chunks = stride(from: 0, to: elements.count, by: step).map {
            Array(elements[$0..<Swift.min($0 + step, elements.count)])
        }
    }

    /// A place between elements, or of one.
    struct Position: Equatable {
        var chunk: Int
        var index: Int
    }

    /// The place of the first element for which the test fails; it holds for a prefix.
    func partition(_ isBefore: (Element) -> Bool) -> Position {
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(chunks[middle][chunks[middle].count - 1]) { low = middle + 1 } else { high = middle }
        }
        guard low < chunks.count else { return Position(chunk: chunks.count, index: 0) }
        let chunk = low
        high = chunks[chunk].count
        low = 0
        while low < high {
            let middle = (low + high) / 2
            if isBefore(chunks[chunk][middle]) { low = middle + 1 } else { high = middle }
        }
        return Position(chunk: chunk, index: low)
    }

    /// The element at a place; nil at the end.
    func element(at position: Position) -> Element? {
        position.chunk < chunks.count ? chunks[position.chunk][position.index] : nil
    }

    func position(after position: Position) -> Position {
        position.index + 1 < chunks[position.chunk].count
            ? Position(chunk: position.chunk, index: position.index + 1)
            : Position(chunk: position.chunk + 1, index: 0)
    }

    mutating func insert(_ element: Element, at position: Position) {
        count += 1
        if chunks.isEmpty {
            chunks = [[element]]
            return
        }
        // At the end: the last chunk grows.
        let isEnd = position.chunk == chunks.count
        let chunk = isEnd ? chunks.count - 1 : position.chunk
        chunks[chunk].insert(element, at: isEnd ? chunks[chunk].count : position.index)
        guard chunks[chunk].count > Self.longest else { return }
        let half = chunks[chunk].count / 2
        let tail = Array(chunks[chunk][half...])
        chunks[chunk].removeSubrange(half...)
        chunks.insert(tail, at: chunk + 1)
    }

    mutating func remove(at position: Position) {
        count -= 1
        chunks[position.chunk].remove(at: position.index)
        if chunks[position.chunk].isEmpty { chunks.remove(at: position.chunk) }
    }

    mutating func modify(at position: Position, _ change: (inout Element) -> Void) {
        change(&chunks[position.chunk][position.index])
    }

    @inline(__always)
    func forEach(_ body: (Element) -> Void) {
        for chunk in chunks { for element in chunk { body(element) } }
    }

    /// The same with `fetch` for each element some time before its turn.
    @inline(__always)
    func forEach(fetching fetch: (Element) -> Void, _ body: (Element) -> Void) {
        for chunk in chunks {
            for element in chunk.prefix(Self.ahead) { fetch(element) }
            for (index, element) in chunk.enumerated() {
                if index + Self.ahead < chunk.count { fetch(chunk[index + Self.ahead]) }
                body(element)
            }
        }
    }

    /// Elements between fetching one and its turn.
    private static var ahead: Int { 12 }
}
