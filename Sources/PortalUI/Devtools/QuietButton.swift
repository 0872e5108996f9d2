public import PortalKit

/// A button that stands in every row of a list, and therefore looks like a link.
public enum QuietButton {
    /// Sends a form that has nothing to fill in.
    /// - Parameters:
    ///   - label: what it does to which row, for those who hear it alone.
    ///   - fields: what is sent along.
    public static func form(
        _ text: String, label: String, to url: SafeURL, fields: [(name: String, value: String)]
    ) -> HTML {
        HTML { h in
            h(.form, .method("post"), .action(url)) {
                for field in fields { h(.input, .type("hidden"), .name(field.name), .value(field.value)) }
                h(.button, .class("quiet-button"), .aria("label", label), text: text)
            }
        }
    }
}
