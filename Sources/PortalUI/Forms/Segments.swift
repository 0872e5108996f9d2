public import PortalKit

/// A few choices beside one another; a press sends the form.
public enum Segments {
    /// One choice.
    public struct Choice: Sendable {
        let value: String
        let text: String
        let isChosen: Bool

        public init(_ value: String, _ text: String, isChosen: Bool) {
            self.value = value
            self.text = text
            self.isChosen = isChosen
        }
    }

    /// - Parameters:
    ///   - label: what is chosen.
    ///   - fields: what is sent along.
    public static func html(
        _ label: String, name: String, to url: SafeURL, fields: [(name: String, value: String)] = [],
        _ choices: [Choice]
    ) -> HTML {
        HTML { h in
            h(.form, .class("segments"), .method("post"), .action(url), .aria("label", label)) {
                for field in fields { h(.input, .type("hidden"), .name(field.name), .value(field.value)) }
                for choice in choices {
                    h(
                        .button, .name(name), .value(choice.value),
                        .aria("pressed", choice.isChosen ? "true" : "false"),
                        text: choice.text)
                }
            }
        }
    }
}
