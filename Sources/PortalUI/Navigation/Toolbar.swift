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
    /// - Parameter shared: with whom it is shared, and the whole of it in words.
    public static func view(
        _ name: String, _ url: SafeURL, isCurrent: Bool, shared: (group: String, label: String)? = nil
    ) -> HTML {
        HTML { h in
            h(
                .a, .class("view"), .href(url), isCurrent ? .aria("current", "true") : nil,
                shared.map { .aria("label", $0.label) }, shared.map { .title($0.label) }
            ) {
                h.text(name)
                if let shared { h(.small, text: shared.group) }
            }
        }
    }
}
