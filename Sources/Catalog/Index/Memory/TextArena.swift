import CProcessor
import Foundation

/// Texts kept end to end in pages, so that a hundred bytes cost a hundred bytes and not an allocation.
///
/// A text never changes once it is in. Copies share the pages, the last of them too: whoever writes first to its free end
/// has it, and another copy goes on in a page of its own.
struct TextArena: Sendable {
    private static let pageBits: UInt32 = 16
    private static let pageSize = 1 << Int(pageBits)

    private var pages: [BytePage] = []
    /// Where the memory of each page begins.
    nonisolated(unsafe) private var bases: [UnsafeMutablePointer<UInt8>] = []
    /// Bytes of this value in the last page.
    private var used = 0
    /// Bytes of all texts, and of those that nobody refers to any more.
    private(set) var size = 0
    private(set) var garbage = 0

    /// Keeps a text, followed by another where there is one, and returns where it is.
    mutating func add(
        _ text: UnsafeBufferPointer<UInt8>, _ next: UnsafeBufferPointer<UInt8> = .init(start: nil, count: 0)
    ) -> UInt32 {
        let length = text.count + next.count
        size += length
        // An empty text needs a place too: the end of a full page cannot be addressed.
        let needed = max(length, 1)
        if pages.isEmpty || !pages[pages.count - 1].claim(needed, after: used) { addPage(for: needed) }
        let start = used
        let base = bases[bases.count - 1] + start
        if let from = text.baseAddress { base.initialize(from: from, count: text.count) }
        if let from = next.baseAddress { (base + text.count).initialize(from: from, count: next.count) }
        used = start + needed
        return UInt32(pages.count - 1) << Self.pageBits | UInt32(start)
    }

    mutating func add(_ text: String) -> UInt32 { text.withBytes { add($0) } }

    /// A text larger than a page has one of its own; nothing else is addressed within it.
    private mutating func addPage(for needed: Int) {
        // Further pages could not be told from the first ones.
        precondition(pages.count < 1 << Int(32 - Self.pageBits), "The index holds more than 4 GiB of texts")
        let page = BytePage(room: max(needed, Self.pageSize))
        _ = page.claim(needed, after: 0)
        pages.append(page)
        bases.append(page.base)
        used = 0
    }

    /// Counts a text as garbage.
    mutating func forget(_ length: Int) { garbage += length }

    /// Calls `body` with the bytes of a text, which must not leave it.
    @inline(__always)
    func with<Result>(
        _ offset: UInt32, _ length: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withExtendedLifetime(self) {
            let base = bases[Int(offset >> Self.pageBits)] + Int(offset & (1 << Self.pageBits - 1))
            return body(UnsafeBufferPointer(start: base, count: length))
        }
    }

    /// Begins to fetch a text that will be read.
    @inline(__always)
    func prefetch(_ offset: UInt32) {
        callboard_prefetch(bases[Int(offset >> Self.pageBits)] + Int(offset & (1 << Self.pageBits - 1)))
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
        guard shared > 0, let one = left.baseAddress, let other = right.baseAddress else {
            return left.count - right.count
        }
        let order = memcmp(one, other, shared)
        return order != 0 ? Int(order) : left.count - right.count
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
