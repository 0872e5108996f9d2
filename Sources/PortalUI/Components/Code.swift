public import PortalKit

/// Text that programs read.
public enum Code {
    /// A word or reference within a text.
    public static func inline(_ text: String) -> HTML { HTML { h in h(.code, text: text) } }

    /// The same, with a button to copy it. It stands there from the first, so that nothing moves once it works.
    public static func copied(_ text: String, _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.code, .data("copy", ""), text: text)
            h(.button, .type("button"), .class("copy"), .aria("label", "\(words.copy): \(text)"), text: words.copy)
        }
    }

    /// Lines as they were written; it can be scrolled with the keyboard.
    public static func block(_ text: String, label: String) -> HTML {
        HTML { h in h(.pre, .tabindex(0), .role("region"), .aria("label", label), text: text) }
    }

    /// A path or address that may be longer than its place; it goes on in the next line behind one of its marks.
    public static func long(_ text: String) -> HTML {
        HTML { h in
            h(.code, .class("long"), .title(text)) {
                var rest = text[...]
                while let mark = rest.dropFirst().firstIndex(where: { "./_[?&".contains($0) }) {
                    // What a bracket begins goes on with it.
                    let end = rest[mark] == "[" ? mark : rest.index(after: mark)
                    h.text(String(rest[..<end]))
                    h.literal("<wbr>")
                    rest = rest[end...]
                }
                h.text(String(rest))
            }
        }
    }
}

/// A value before and after a change.
public enum Difference {
    public static func html(before: String?, after: String?) -> HTML {
        HTML { h in
            h(.span, .class("change")) {
                if let before { h(.del, text: before) }
                if let after { h(.ins, text: after) }
            }
        }
    }
}
