public import PortalKit

/// What people press.
public enum Button {
    /// Leads to another page.
    /// - Parameter act: what the module `keys` knows it by.
    public static func link(_ text: String, _ url: SafeURL, isMain: Bool = false, act: String? = nil) -> HTML {
        HTML { h in
            h(.a, .class(isMain ? "button main" : "button"), .href(url), act.map { .data("act", $0) }, text: text)
        }
    }

    /// Stands for what cannot be done, for who presses its key all the same.
    /// - Parameter act: what the module `keys` knows it by.
    public static func absent(act: String, _ reason: String) -> HTML {
        HTML { h in h(.span, .flag("hidden", true), .data("act", act), .data("why", reason)) }
    }

    /// Sends the form that it stands in.
    public static func submit(_ text: String, isMain: Bool = false) -> HTML {
        HTML { h in h(.button, .class(isMain ? "button main" : "button"), text: text) }
    }

    /// Sends the form that it stands in, and says so by a field.
    public static func press(_ text: String, name: String, value: String, isMain: Bool = false) -> HTML {
        HTML { h in
            h(.button, .class(isMain ? "button main" : "button"), .name(name), .value(value), text: text)
        }
    }

    /// Sends a form that has nothing to fill in.
    /// - Parameter fields: what is sent along.
    public static func form(
        _ text: String, to url: SafeURL, method: String = "post", isMain: Bool = false,
        fields: [(name: String, value: String)] = []
    ) -> HTML {
        HTML { h in
            h(.form, .method(method), .action(url)) {
                for field in fields { h(.input, .type("hidden"), .name(field.name), .value(field.value)) }
                h(.button, .class(isMain ? "button main" : "button"), text: text)
            }
        }
    }
}
