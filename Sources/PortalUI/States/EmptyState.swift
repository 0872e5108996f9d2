public import PortalKit

/// What stands where there is nothing to show: what this is and what to do.
public enum EmptyState {
    /// - Parameter isRefused: there may be something, but not for whoever asks.
    public static func html(
        _ title: String, _ text: String, action: HTML = .empty, isRefused: Bool = false
    ) -> HTML {
        HTML { h in
            h(.div, .class("empty")) {
                h.add(Icon.sign(isRefused ? .warning : .nothing))
                h(.h2, text: title)
                h(.p, text: text)
                h.add(action)
            }
        }
    }
}
