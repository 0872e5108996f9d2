public import PortalKit

/// Why there is no page, and where to go instead.
public enum ErrorPanel {
    /// - Parameters:
    ///   - code: the status, which people name when they ask for help.
    ///   - content: what mends it, such as likely other pages.
    public static func html(
        _ title: String, code: Int, message: String, content: HTML = .empty, actions: HTML = .empty,
        requestID: String = "", _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.div, .class("fault")) {
                h(.p, .class("code"), text: String(code))
                h(.h1, text: title)
                h(.p, text: message)
                h.add(content)
                h(.div, .class("actions")) { h.add(actions) }
                if !requestID.isEmpty {
                    h(.p, .class("quiet")) {
                        h.text(words.requestNamed())
                        h.add(Code.copied(requestID, words))
                    }
                }
            }
        }
    }
}
