/// Writes one page, or one part of it, into a single buffer.
///
/// Called like a function with a tag, attributes and content, so that source reads like the markup while `if`, `for`,
/// `let` and `try` stay plain Swift. It is a class so that nested closures need not pass it on; it never leaves the
/// function that made it. Why this shape: docs/decisions/0003-html-layer.md.
///
///     h(.a, .href(url), .class("link"), text: title)
///     h(.ul) { for item in items { h(.li, text: item) } }
///     h(.input, .type("search"), .name("query"))
public final class HTMLWriter {
    private(set) var bytes: [UInt8] = []

    /// Room to begin with. Most writers make a cell or an icon: the allocator has pieces of this size at hand, while larger
    /// ones it has to look for. A page of 57 KB grows seven times.
    private static let reservedBytes = 480

    init() { bytes.reserveCapacity(Self.reservedBytes) }

    /// An element with content.
    public func callAsFunction(_ tag: Tag, _ attributes: Attribute?..., content: () throws -> Void) rethrows {
        open(tag.name, attributes)
        try content()
        close(tag)
    }

    /// An element whose content is one text, escaped.
    public func callAsFunction(_ tag: Tag, _ attributes: Attribute?..., text: String) {
        open(tag.name, attributes)
        Escaping.append(text, to: &bytes)
        close(tag)
    }

    /// An element without content that still has an end tag, such as `textarea` or `script`.
    public func callAsFunction(_ tag: Tag, _ attributes: Attribute?...) {
        open(tag.name, attributes)
        close(tag)
    }

    /// An element that has no end tag.
    public func callAsFunction(_ tag: VoidTag, _ attributes: Attribute?...) {
        open(tag.name, attributes)
    }

    /// Text, escaped.
    public func text(_ text: String) { Escaping.append(text, to: &bytes) }

    /// Markup that is finished already.
    public func add(_ html: HTML) { bytes.append(contentsOf: html.bytes) }

    /// Markup written out in the source.
    public func literal(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private func open(_ name: StaticString, _ attributes: [Attribute?]) {
        bytes.append(UInt8(ascii: "<"))
        literal(name)
        for case let attribute? in attributes { attribute.append(to: &bytes) }
        bytes.append(UInt8(ascii: ">"))
    }

    private func close(_ tag: Tag) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        literal(tag.name)
        bytes.append(UInt8(ascii: ">"))
    }
}
