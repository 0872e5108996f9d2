public import PortalKit

/// A graph as an SVG file of its own, to be downloaded, sent and put into documents: it holds its colours, which are the
/// light ones, and the shapes of its glyphs.
public enum GraphFile {
    /// The type to serve it with.
    public static let contentType = "image/svg+xml"

    /// - Parameters:
    ///   - title: what the drawing is of.
    ///   - portal: the address that the portal is reached at, without a slash at the end. Without it boxes that lead to
    ///     pages of the portal are no links, because a file has no address that they could be seen from.
    public static func svg(
        _ drawing: GraphDrawing, title: String, portal: SafeURL? = nil, _ words: any InterfaceWords
    ) -> HTML {
        let size = drawing.layout.size
        return HTML { h in
            h.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            h(
                .svg, Attribute("xmlns", "http://www.w3.org/2000/svg"), Attribute("viewBox", SVGText.viewBox(size)),
                Attribute("width", SVGText.number(size.width)), Attribute("height", SVGText.number(size.height)),
                .role("group")
            ) {
                h(.title, text: SVGText.allowed(title))
                h(Tag("style")) { h.literal(style) }
                h(
                    Tag("rect"), .class("paper"), Attribute("width", SVGText.number(size.width)),
                    Attribute("height", SVGText.number(size.height)))
                GraphShapes(
                    drawing, missing: words.missing, address: { absolute($0.url, portal) }, glyph: { glyph($0, $1) }
                ).write(h)
            }
            h.literal("\n")
        }
    }

    private static func absolute(_ url: SafeURL?, _ portal: SafeURL?) -> SafeURL? {
        guard let url, url.isLocal else { return url?.text.contains(":") == true ? url : nil }
        return portal.flatMap { SafeURL($0.text + url.text) }
    }

    private static func glyph(_ h: HTMLWriter, _ node: Graph.Node) {
        h(Tag("g"), .class("glyph"), Attribute("transform", "scale(0.9)")) {
            h.add(Icon.shapes(ofKind: node.kind))
        }
    }

    /// The light colours of `tokens.css`, and the rules of `graph.css`.
    private static let style: StaticString = """
        text{font:13px Inter,system-ui,-apple-system,sans-serif;fill:#152223}\
        .paper{fill:#f4f9f7}\
        .node rect{fill:#fcfefd;stroke:#7c8a85}\
        .root rect{stroke:#015871;stroke-width:2}.root text{font-weight:600}\
        .missing rect{stroke-dasharray:4 3}.missing text{fill:#475656}\
        .line{fill:none;stroke:#7c8a85;stroke-width:1.25}.tip{fill:#7c8a85}\
        .texts text{font-size:11px;fill:#475656;text-anchor:middle;paint-order:stroke;stroke:#f4f9f7;stroke-width:6px;\
        stroke-linejoin:round}\
        .glyph{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}\
        .k-component{color:#046480}.k-api{color:#654a8f}.k-system{color:#206b38}.k-domain{color:#685b00}\
        .k-resource{color:#88470d}.k-group{color:#3c5898}.k-user{color:#853e69}.k-template{color:#8e3d40}\
        .k-location{color:#026b58}.k-other{color:#475656}
        """
}
