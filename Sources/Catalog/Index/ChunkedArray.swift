/// An array whose copies share all but the chunks that change: what a batch of changes copies does not grow with the
/// whole.
struct ChunkedArray<Element: Sendable>: Sendable {
    private static var chunkBits: Int { 9 }
    private static var chunkSize: Int { 1 << chunkBits }

    private var chunks: [[Element]] = []
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count & (Self.chunkSize - 1) == 0 {
            chunks.append([])
            chunks[chunks.count - 1].reserveCapacity(Self.chunkSize)
        }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    subscript(index: Int) -> Element {
        _read { yield chunks[index >> Self.chunkBits][index & (Self.chunkSize - 1)] }
        _modify { yield &chunks[index >> Self.chunkBits][index & (Self.chunkSize - 1)] }
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
}
