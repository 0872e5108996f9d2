/// Texts kept end to end in pages, so that a hundred bytes cost a hundred bytes and not an allocation.
///
/// A text never changes once it is in; a copy of the arena shares all full pages with it.
struct TextArena: Sendable {
    private static let pageBits: UInt32 = 16
    private static let pageSize = 1 << Int(pageBits)

    private var pages: [[UInt8]] = []
    /// Bytes of all texts, and of those that nobody refers to any more.
    private(set) var size = 0
    private(set) var garbage = 0

    /// Keeps a text, followed by another where there is one, and returns where it is.
    mutating func add(
        _ text: UnsafeBufferPointer<UInt8>, _ next: UnsafeBufferPointer<UInt8> = .init(start: nil, count: 0)
    ) -> UInt32 {
        let length = text.count + next.count
        size += length
        var last = pages.count - 1
        // An empty text needs a place too: the end of a full page cannot be addressed.
        if last < 0 || pages[last].count + max(length, 1) > Self.pageSize {
            // A text larger than a page has one of its own; nothing else is addressed within it.
            var page: [UInt8] = []
            page.reserveCapacity(max(length, Self.pageSize))
            pages.append(page)
            last += 1
        }
        let start = pages[last].count
        pages[last].append(contentsOf: text)
        pages[last].append(contentsOf: next)
        return UInt32(last) << Self.pageBits | UInt32(start)
    }

    mutating func add(_ text: String) -> UInt32 { text.withBytes { add($0) } }

    /// Counts a text as garbage.
    mutating func forget(_ length: Int) { garbage += length }

    /// Calls `body` with the bytes of a text.
    @inline(__always)
    func with<Result>(
        _ offset: UInt32, _ length: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let start = Int(offset & (1 << Self.pageBits - 1))
        return pages[Int(offset >> Self.pageBits)].withUnsafeBufferPointer { page in
            body(UnsafeBufferPointer(rebasing: page[start..<(start + length)]))
        }
    }

    func text(_ offset: UInt32, _ length: Int) -> String {
        with(offset, length) { String(decoding: $0, as: UTF8.self) }
    }
}

/// Byte order, which for UTF-8 is the order of code points.
enum ByteOrder {
    /// Negative, zero or positive, as `memcmp`.
    @inline(__always)
    static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        for index in 0..<shared where left[index] != right[index] { return Int(left[index]) - Int(right[index]) }
        return left.count - right.count
    }
}

extension String {
    /// Whether the UTF-8 bytes are the same, which `==` does not ask: it compares canonically equivalent texts as one.
    func hasSameBytes(as other: String) -> Bool {
        withBytes { one in other.withBytes { ByteOrder.compare(one, $0) == 0 } }
    }

    /// Calls `body` with the UTF-8 bytes of this text.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var copy = self
        return copy.withUTF8 { body($0) }
    }
}
