public import PortalKit

/// A line above a list: ways to look at it at the beginning, things to do with it at the end.
public enum Toolbar {
    public static func html(start: HTML, end: HTML) -> HTML {
        HTML { h in
            h(.div, .class("toolbar")) {
                h(.div) { h.add(start) }
                h(.div) { h.add(end) }
            }
        }
    }

    /// A kept way to look at the list.
    public static func view(_ name: String, _ url: SafeURL, isCurrent: Bool) -> HTML {
        HTML { h in
            h(.a, .class("view"), .href(url), isCurrent ? .aria("current", "true") : nil, text: name)
        }
    }
}
