public import PortalKit

/// A sign that writes a mail to somebody named beside it.
public enum MailMark {
    public static func html(_ address: String, _ url: SafeURL) -> HTML {
        HTML { h in
            h(.a, .class("mark-link"), .href(url), .title(address)) { h.add(Icon.sign(.mail, label: address)) }
        }
    }
}
