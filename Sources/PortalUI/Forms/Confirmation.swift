public import PortalKit

/// The end of a question: what may be done, and the way back.
public enum Confirmation {
    /// - Parameter isRow: buttons stand beside one another; else they stand below words.
    public static func html(isRow: Bool = false, _ content: HTML) -> HTML {
        HTML { h in h(.div, .class(isRow ? "confirm actions" : "confirm")) { h.add(content) } }
    }
}

/// A form that asks for one thing and shows what comes of it on the same page.
public enum AskForm {
    /// - Parameters:
    ///   - label: what is asked, for those who do not see it.
    ///   - isMain: the button is what the page is about.
    public static func html(to url: SafeURL, label: String, field: HTML, button: String, isMain: Bool) -> HTML {
        HTML { h in
            h(.form, .class("ask"), .action(url), .aria("label", label)) {
                h.add(field)
                h.add(Button.submit(button, isMain: isMain))
            }
        }
    }
}
