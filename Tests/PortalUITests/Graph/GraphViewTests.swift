import Foundation
import PortalKit
import Testing

@testable import PortalUI

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a drawing is on a page and in a file.
@Suite struct GraphViewTests {
    private let drawing = GraphDrawing(
        Graph(
            nodes: [
                Graph.Node(
                    "a", label: "payments-gateway-with-a-name-that-is-far-too-long", kind: "Component",
                    url: "/catalog/default/component/a?b=1&c=2", isRoot: true, detail: "component:default/a"),
                Graph.Node("b", label: "<script>\"&\u{FFFF}", kind: "Weird", url: "https://elsewhere.example/b"),
                Graph.Node("c", label: "gone", kind: "API", isMissing: true),
            ],
            edges: [
                Graph.Edge(from: "a", to: "b", labels: ["dependsOn"], reverseLabels: ["dependencyOf"]),
                Graph.Edge(from: "b", to: "c", labels: ["<b>"]),
            ]))

    @Test("boxes are links with signs, whole names and what is said of them") func page() {
        let text = GraphView.html(drawing, label: "Relations of \"a\"", Language.english.interface).text
        #expect(text.contains(#"role="group" aria-label="Relations of &quot;a&quot;""#))
        #expect(text.contains(#"<a class="node k-component root" href="/catalog/default/component/a?b=1&amp;c=2""#))
        #expect(
            text.contains("<title>payments-gateway-with-a-name-that-is-far-too-long, Component\ncomponent:default/a"))
        #expect(text.contains(##"<use href="#i-component""##) && text.contains(##"<use href="#i-other""##))
        #expect(text.contains(#"<g class="node k-api missing""#) && text.contains("<title>gone, API, missing</title>"))
        #expect(text.contains("dependsOn</text>") && text.contains("&lt;b&gt;</text>"))
        #expect(text.components(separatedBy: #"class="tip""#).count == 3)
        #expect(!text.contains("<script") && !text.contains("style="))
    }

    @Test("the buttons are hidden until the script shows them") func tools() {
        let text = GraphView.html(drawing, label: "a", Language.english.interface).text
        #expect(text.contains(#"<div class="graph-tools" role="group" aria-label="Zoom" hidden>"#))
        for action in ["in", "out", "fit"] { #expect(text.contains("data-zoom=\"\(action)\"")) }
    }

    @Test("a file is XML, holds its glyphs and leads to the portal only by its whole address") func file() throws {
        let svg = GraphFile.svg(
            drawing, title: "Relations of <a> & \u{FFFE}b", portal: "https://portal.example", Language.english.interface
        )
        #expect(XMLParser(data: Data(svg.bytes)).parse())
        #expect(svg.text.contains(#"href="https://portal.example/catalog/default/component/a?b=1&amp;c=2""#))
        #expect(svg.text.contains(#"href="https://elsewhere.example/b""#))
        #expect(svg.text.contains(#"<path d="M7 10h6M10 7v6"/>"#) && !svg.text.contains("<use"))
        let alone = GraphFile.svg(drawing, title: "a", Language.english.interface)
        #expect(!alone.text.contains("/catalog/default") && alone.text.contains("elsewhere.example"))
    }

    @Test("every kind has a shape for files", arguments: ["component", "API", "User", "Location", "something"])
    func shapes(_ kind: String) {
        #expect(!Icon.shapes(ofKind: kind).isEmpty)
    }

    @Test("an empty graph is a page and a file as well") func empty() {
        let empty = GraphDrawing(Graph(nodes: [], edges: []))
        #expect(
            GraphView.html(empty, label: "Nothing", Language.english.interface).text.contains(#"viewBox="0 0 24 24""#))
        #expect(XMLParser(data: Data(GraphFile.svg(empty, title: "Nothing", Language.english.interface).bytes)).parse())
        #expect(GraphList.html(empty.graph, Language.english.interface).text == "<ul class=\"graph-list\"></ul>")
    }

    @Test(
        "numbers are written short",
        arguments: [(1.0, "1"), (1.25, "1.3"), (-0.04, "0"), (-2.5, "-2.5"), (1e300, "1000000000000")])
    func numbers(_ number: Double, _ text: String) { #expect(SVGText.number(number) == text) }

    @Test("the script imports nothing, writes neither markup nor styles, and is small") func script() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let file = root.appending(path: "Sources/CAssets/files/script/graph.js")
        let text = try String(contentsOf: file, encoding: .utf8)
        for word in ["import", "innerHTML", "outerHTML", ".style", "eval(", "\"style\"", "requestAnimationFrame"] {
            #expect(!text.contains(word))
        }
        #expect(text.utf8.count < 5_200)
    }
}
