/// Finished markup: what pages, cards and components return.
///
/// A `String` put into a page is always escaped; an `HTML` never is, so it can only be made by `HTMLWriter`, from a
/// literal in the source, or by vouching for bytes openly.
///
///     let card = HTML { h in
///         h(.section, .class("card")) {
///             h(.h2, text: title)
///             for name in names { h(.p, text: name) }
///         }
///     }
public struct HTML: Sendable, Hashable {
    /// UTF-8, ready to send.
    public let bytes: [UInt8]

    /// Writes markup; what the closure throws is thrown on.
    public init(_ write: (HTMLWriter) throws -> Void) rethrows {
        let writer = HTMLWriter()
        try write(writer)
        bytes = writer.bytes
    }

    /// Markup that the author of the source wrote out.
    public init(literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    /// Markup made elsewhere. The caller vouches that everything a person can influence in it was escaped or
    /// sanitised; search for this label to find every such place.
    public init(sanitized bytes: [UInt8]) { self.bytes = bytes }

    /// Nothing at all.
    public static let empty = HTML(sanitized: [])

    public var isEmpty: Bool { bytes.isEmpty }

    /// The markup as text, for tests and logs.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
