public import PortalKit

/// A value in a table with the name of its column, which is seen where rows become lines and headings go.
public enum NarrowLabel {
    /// Nothing where the value is nothing.
    public static func html(_ name: String, _ value: HTML) -> HTML {
        if value.isEmpty { return .empty }
        return HTML { h in
            h(.span, .class("cell-title"), text: name)
            h.text(" ")
            h.add(value)
        }
    }
}
