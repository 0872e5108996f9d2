public import PortalKit

/// What stands below a table that has more rows than it shows.
public enum Pager {
    /// The way to all of them.
    public static func more(_ text: String, _ url: SafeURL) -> HTML {
        HTML { h in h(.p, .class("foot")) { h(.a, .href(url), text: text) } }
    }

    /// - Parameters:
    ///   - text: how much is shown of how much.
    ///   - sizes: the numbers of rows to choose from; nil is the one that is shown.
    ///   - label: what tells it from others on its page, for those who do not see it.
    public static func html(
        _ text: String, previous: SafeURL?, next: SafeURL?, sizes: [(count: Int, url: SafeURL?)] = [],
        label: String? = nil,
        _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.div, .class("foot")) {
                h(.span, text: text)
                if !sizes.isEmpty {
                    h(.span, .class("sizes")) {
                        h.text("\(words.rows) ")
                        for size in sizes {
                            if let url = size.url {
                                h(.a, .href(url), .aria("label", words.rows(size.count)), text: "\(size.count)")
                            } else {
                                h(.b, text: "\(size.count)")
                            }
                        }
                    }
                }
                if previous == nil && next == nil { return }
                h(.nav, .aria("label", label ?? words.pages)) {
                    if let previous {
                        h(.a, .class("button"), .href(previous), .rel("prev"), text: "← \(words.previous)")
                    }
                    if let next { h(.a, .class("button"), .href(next), .rel("next"), text: "\(words.next) →") }
                }
            }
        }
    }
}
