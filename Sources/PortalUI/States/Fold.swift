public import PortalKit

/// A part that opens on demand, without a script.
public enum Fold {
    /// - Parameter count: how many things are within.
    public static func html(_ title: String, count: Int? = nil, isOpen: Bool = false, _ content: HTML) -> HTML {
        HTML { h in
            h(.details, .class("fold"), Attribute.flag("open", isOpen)) {
                h(.summary) {
                    h.text(title)
                    if let count { h(.small, text: " \(count)") }
                }
                h.add(content)
            }
        }
    }
}
