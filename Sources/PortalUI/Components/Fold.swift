public import PortalKit

/// Something that is there for who opens it.
public enum Fold {
    public static func html(_ title: String, isOpen: Bool = false, _ content: HTML) -> HTML {
        HTML { h in
            h(.details, .class("fold"), .flag("open", isOpen)) {
                h(.summary, text: title)
                h.add(content)
            }
        }
    }
}
