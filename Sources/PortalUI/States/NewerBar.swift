public import PortalKit

/// Offers what is newer than the page, once the portal tells that there is something; the module `stream` listens.
public enum NewerBar {
    /// - Parameters:
    ///   - stream: a stream of server-sent events that tells `changed`.
    ///   - url: the page as it is now.
    ///   - swap: the part of the page that is replaced where scripts run.
    ///   - isOpen: whether it is known already that there is something.
    public static func html(
        _ text: String, stream: SafeURL, url: SafeURL, swap: String, isOpen: Bool = false
    ) -> HTML {
        HTML { h in
            h(.p, .class("newer"), .role("status"), .data("stream", stream.text), .flag("hidden", !isOpen)) {
                h(.a, .href(url), .data("swap", swap), text: text)
            }
        }
    }
}
