public import PortalKit

/// Text where markup is wanted, as in a cell of a table.
public enum Plain {
    public static func html(_ text: String) -> HTML { HTML { $0.text(text) } }

    /// The same as a link.
    public static func link(_ text: String, _ url: SafeURL) -> HTML { HTML { h in h(.a, .href(url), text: text) } }
}
