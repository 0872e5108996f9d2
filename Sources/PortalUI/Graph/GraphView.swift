public import PortalKit

/// A graph drawn on a page: boxes are links, lines have arrow heads and their names.
///
/// Needs no script. `graph.js` adds moving and zooming, and shows the buttons for it. `GraphList` says the same in words
/// and belongs beside it. The glyphs come from the page's sprite, colours and sizes of letters from `graph.css`.
public enum GraphView {
    /// - Parameters:
    ///   - label: what the drawing is of, such as "Relations of payments-gateway".
    public static func html(_ drawing: GraphDrawing, label: String, _ words: any InterfaceWords) -> HTML {
        html(drawing, label: label, isMini: false, words)
    }

    /// A small one among other things, which is neither moved nor zoomed. Where its place is too narrow for letters that
    /// can be read, what the root leads to stands there in words.
    public static func mini(_ drawing: GraphDrawing, label: String, _ words: any InterfaceWords) -> HTML {
        let needed = drawing.layout.size.width * smallestText / GraphDrawing.Measure.labelSize
        let step = steps.first { Double($0) >= needed } ?? steps[steps.count - 1]
        return HTML { h in
            h(.div, .class("mini-graph from-\(step)")) {
                h.add(html(drawing, label: label, isMini: true, words))
                h.add(GraphList.branches(drawing.graph, words))
            }
        }
    }

    /// Pixels that letters need to be read.
    private static let smallestText = 12.0
    /// Widths of places that `graph.css` tells apart. Places that are wider than the last are those of a desk, where a
    /// drawing may be somewhat smaller.
    private static let steps = [360, 440, 500, 560]

    private static func html(
        _ drawing: GraphDrawing, label: String, isMini: Bool, _ words: any InterfaceWords
    ) -> HTML {
        let size = drawing.layout.size
        return HTML { h in
            h(.div, .class(isMini ? "graph mini" : "graph \(width(size))"), isMini ? nil : .data("graph", "")) {
                if !isMini { tools(h, words) }
                h(.div, .class("graph-sheet")) {
                    h(
                        .svg, Attribute("viewBox", SVGText.viewBox(size)),
                        Attribute("width", SVGText.number(size.width)),
                        Attribute("height", SVGText.number(size.height)), .role("group"), .aria("label", label)
                    ) {
                        GraphShapes(drawing, missing: words.missing) { h, node in use(h, node) }.write(h)
                    }
                }
            }
        }
    }

    /// How it behaves where there is less room than it takes: `wide` shrinks to what can still be read, `vast` is
    /// scrolled.
    private static func width(_ size: GraphLayout.Size) -> String {
        if size.width > 1500 || size.height > 1000 { return "vast" }
        return size.width > 640 ? "wide" : "small"
    }

    /// Hidden until the script that they need has been loaded.
    private static func tools(_ h: HTMLWriter, _ words: any InterfaceWords) {
        h(.div, .class("graph-tools"), .role("group"), .aria("label", words.zoom), .flag("hidden")) {
            for (action, name, sign) in [
                ("in", words.zoomIn, "+"), ("out", words.zoomOut, "−"), ("fit", words.zoomToFit, nil),
            ] {
                h(
                    .button, .type("button"), .class("button"), .data("zoom", action),
                    sign == nil ? nil : .aria("label", name), text: sign ?? name)
            }
        }
    }

    private static func use(_ h: HTMLWriter, _ node: Graph.Node) {
        let size = SVGText.number(GraphDrawing.Measure.glyph)
        h(
            Tag("use"), SafeURL("#i-\(Icon.name(ofKind: node.kind))").map { Attribute.href($0) },
            .class("glyph"), Attribute("width", size), Attribute("height", size))
    }
}

/// The shapes of a drawing, alike on a page and in a file.
struct GraphShapes {
    private let drawing: GraphDrawing
    private let missing: String
    private let address: (Graph.Node) -> SafeURL?
    private let glyph: (HTMLWriter, Graph.Node) -> Void

    private typealias Measure = GraphDrawing.Measure

    /// - Parameters:
    ///   - missing: what is said of a node that is not there.
    ///   - address: where a box leads.
    ///   - glyph: writes the sign of a node's kind, at zero.
    init(
        _ drawing: GraphDrawing, missing: String, address: @escaping (Graph.Node) -> SafeURL? = \.url,
        glyph: @escaping (HTMLWriter, Graph.Node) -> Void
    ) {
        self.drawing = drawing
        self.missing = missing
        self.address = address
        self.glyph = glyph
    }

    /// Lines stand with the node that they begin at, so that they show when the reader is there; texts come last,
    /// because no line may run over them.
    func write(_ h: HTMLWriter) {
        let paths = drawing.pathsByNode
        for (index, node) in drawing.graph.nodes.enumerated() {
            h(Tag("g"), .class("around")) {
                if !paths[index].isEmpty { lines(h, paths[index]) }
                write(h, node, drawing.labels[index], drawing.layout.boxes[index])
            }
        }
        h(Tag("g"), .class("texts"), .aria("hidden", "true")) {
            for path in drawing.layout.paths {
                guard let box = path.label else { continue }
                h(
                    Tag("text"), Attribute("x", SVGText.number(box.center.x)),
                    Attribute("y", SVGText.number(box.center.y + Measure.textSize * 0.35))
                ) {
                    let whole = drawing.graph.edges[path.edge].text
                    if whole != drawing.texts[path.edge] { h(.title, text: SVGText.allowed(whole)) }
                    h.text(drawing.texts[path.edge])
                }
            }
        }
    }

    private func lines(_ h: HTMLWriter, _ paths: [GraphLayout.Path]) {
        h(Tag("g"), .class("edges"), .aria("hidden", "true")) {
            for path in paths {
                h(Tag("path"), .class("line"), Attribute("d", SVGText.line(path)))
                h(Tag("path"), .class("tip"), Attribute("d", SVGText.tip(path)))
            }
        }
    }

    private func write(_ h: HTMLWriter, _ node: Graph.Node, _ label: String, _ box: GraphLayout.Box) {
        let signs = [
            "node", "k-\(Icon.name(ofKind: node.kind))", node.isRoot ? "root" : "", node.isMissing ? "missing" : "",
        ]
        let names = Attribute.class(signs.filter { !$0.isEmpty }.joined(separator: " "))
        let place = Attribute("transform", "translate(\(SVGText.number(box.x)) \(SVGText.number(box.y)))")
        if let url = address(node) {
            h(.a, names, .href(url), place, node.isRoot ? .aria("current", "true") : nil) {
                inside(h, node, label, box)
            }
        } else {
            h(Tag("g"), names, place, .role("img")) { inside(h, node, label, box) }
        }
    }

    private func inside(_ h: HTMLWriter, _ node: Graph.Node, _ label: String, _ box: GraphLayout.Box) {
        let middle = box.height / 2
        h(.title, text: SVGText.allowed(title(node)))
        h(
            Tag("rect"), Attribute("width", SVGText.number(box.width)),
            Attribute("height", SVGText.number(box.height)), Attribute("rx", SVGText.number(Measure.radius)))
        h(
            Tag("g"),
            Attribute(
                "transform",
                "translate(\(SVGText.number(Measure.padding)) \(SVGText.number(middle - Measure.glyph / 2)))")
        ) { glyph(h, node) }
        h(
            Tag("text"), Attribute("x", SVGText.number(Measure.indent)),
            Attribute("y", SVGText.number(middle + Measure.labelSize * 0.35)), text: label)
    }

    /// All that is known of a node; the name that assistive technology says.
    private func title(_ node: Graph.Node) -> String {
        let words = [node.label, node.kind, node.isMissing ? missing : ""].filter { !$0.isEmpty }
        return words.joined(separator: ", ") + (node.detail.isEmpty ? "" : "\n\(node.detail)")
    }
}

extension SVGText {
    /// The text without the two characters that would make a file unreadable to XML's parsers and that the HTML layer
    /// lets pass.
    static func allowed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF }) else { return text }
        var allowed = String.UnicodeScalarView()
        allowed.append(contentsOf: text.unicodeScalars.filter { $0.value != 0xFFFE && $0.value != 0xFFFF })
        return String(allowed)
    }
}
