public import PortalKit

/// One field that looks for something.
public enum SearchForm {
    /// - Parameters:
    ///   - label: what is looked for, for those who do not see it.
    ///   - button: what the button says.
    public static func html(to url: SafeURL, value: String, label: String, button: String) -> HTML {
        HTML { h in
            h(.form, .class("seek large"), .role("search"), .action(url)) {
                h.add(Icon.sign(.nothing))
                h(
                    .input, .name("query"), .type("search"), .value(value), .aria("label", label),
                    Attribute("autocomplete", "off"))
                h(.button, .class("button"), text: button)
            }
        }
    }
}
