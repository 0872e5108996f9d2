public import PortalKit

/// What stands alone on a page, as signing in does.
public enum Sheet {
    public static func html(_ content: HTML) -> HTML {
        HTML { h in h(.div, .class("sheet")) { h.add(content) } }
    }
}
