public import PortalKit

/// A part that opens on demand, without a script.
public enum Fold {
    /// - Parameter count: how many things are within.
    public static func html(_ title: String, count: Int? = nil, isOpen: Bool = false, _ content: HTML) -> HTML {
        HTML { h in
            h(.details, .class("fold"), Attribute.flag("open", isOpen)) {
                h(.summary) {
                    h.text(title)
                    if let count { h(.small, text: " \(count)") }
                }
                h.add(content)
            }
        }
    }

    /// The first of many things, and a fold with the rest of them. One more than fits is shown at once: a fold for one
    /// would be no shorter.
    static func rest<Thing>(
        of things: [Thing], mostOpen: Int, _ words: any InterfaceWords, _ content: (ArraySlice<Thing>) -> HTML
    ) -> HTML {
        if things.count <= mostOpen + 1 { return content(things[...]) }
        return HTML { h in
            h.add(content(things.prefix(mostOpen)))
            h.add(html(words.more(things.count - mostOpen), content(things.dropFirst(mostOpen))))
        }
    }
}
