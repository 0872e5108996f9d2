public import PortalKit

/// A few ways to look at the same thing, one of which is on.
public enum ViewSwitch {
    public static func html(_ label: String, _ ways: [TabBar.Tab], swap: String? = nil) -> HTML {
        HTML { h in
            h(.span, .class("segments"), .role("group"), .aria("label", label)) {
                for way in ways {
                    h(
                        .a, .href(way.url), way.isCurrent ? .aria("current", "true") : nil,
                        swap.map { .data("swap", $0) }, text: way.title)
                }
            }
        }
    }
}
