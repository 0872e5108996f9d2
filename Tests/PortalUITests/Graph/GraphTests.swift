import PortalKit
import Testing

@testable import PortalUI

/// The model of a graph, and how it is said in words.
@Suite struct GraphTests {
    private func node(_ id: String, isRoot: Bool = false, isMissing: Bool = false) -> Graph.Node {
        Graph.Node(
            id, label: id, kind: "Component", url: isMissing ? nil : .path(["catalog", id]), isRoot: isRoot,
            isMissing: isMissing)
    }

    @Test("nodes are kept once, edges only between nodes that are there") func whole() {
        let graph = Graph(
            nodes: [node("a"), node("b"), node("a", isRoot: true)],
            edges: [Graph.Edge(from: "a", to: "b"), Graph.Edge(from: "a", to: "gone")])
        #expect(graph.nodes.map(\.isRoot) == [false, false])
        #expect(graph.edges == [Graph.Edge(from: "a", to: "b")])
    }

    @Test("a relation and its inverse become one edge with both names") func pairs() {
        let graph = Graph(
            nodes: [node("team"), node("shop")],
            edges: [
                Graph.Edge(from: "team", to: "shop", labels: ["ownerOf"]),
                Graph.Edge(from: "shop", to: "team", labels: ["ownedBy"]),
                Graph.Edge(from: "team", to: "shop", labels: ["runs", "ownerOf"]),
                Graph.Edge(from: "shop", to: "shop", labels: ["calls"]),
            ]
        ).mergingPairs
        #expect(
            graph.edges == [
                Graph.Edge(from: "team", to: "shop", labels: ["ownerOf", "runs"], reverseLabels: ["ownedBy"]),
                Graph.Edge(from: "shop", to: "shop", labels: ["calls"]),
            ])
        #expect(graph.edges.first?.text == "ownerOf, runs")
    }

    @Test("beside a small drawing stands what its root leads to, for places that are too narrow for it") func branches()
    {
        let graph = Graph(
            nodes: [node("a", isRoot: true), node("b"), node("c")],
            edges: [
                Graph.Edge(from: "a", to: "b", labels: ["calls"]), Graph.Edge(from: "c", to: "a", labels: ["runs"]),
                Graph.Edge(from: "b", to: "c", labels: ["hides"]),
            ])
        let text = GraphView.mini(GraphDrawing(graph), label: "a", Language.english.interface).text
        #expect(text.contains("<div class=\"mini-graph from-"))
        let list = text.firstRange(of: "<ul class=\"graph-branches\">").map { String(text[$0.lowerBound...]) } ?? ""
        #expect(list.contains("href=\"/catalog/b\""))
        #expect(list.contains("href=\"/catalog/c\""))
        #expect(!list.contains("hides"))
    }

    @Test("the list says every edge at both of its ends") func list() {
        let graph = Graph(
            nodes: [node("team", isRoot: true), node("shop"), node("old", isMissing: true)],
            edges: [
                Graph.Edge(from: "team", to: "shop", labels: ["ownerOf"], reverseLabels: ["ownedBy"]),
                Graph.Edge(from: "shop", to: "old", labels: ["dependsOn"]),
            ])
        let text = GraphList.html(graph, Language.english.interface).text
        #expect(text.contains(#"<a href="/catalog/team" aria-current="true">team</a>"#))
        #expect(text.contains(#"ownerOf</span><ul><li><a href="/catalog/shop">shop</a>"#))
        #expect(text.contains(#"ownedBy</span><ul><li><a href="/catalog/team""#))
        #expect(text.contains(#"dependsOn</span><ul><li><span class="missing">old</span>"#))
        #expect(text.contains(#"dependsOn, from</span><ul><li><a href="/catalog/shop">shop</a>"#))
    }
}

/// Widths of texts that no browser has measured.
@Suite struct TextWidthTests {
    @Test(
        "letters are as wide as they are",
        arguments: [("", 0), ("iiii", 13), ("WWWW", 52), ("payments", 64), ("e\u{301}", 8), ("\u{301}", 0)])
    func letters(_ text: String, _ width: Int) {
        #expect(abs(TextWidth.of(text, size: 13) - Double(width)) < 2)
    }

    @Test("pictures and East Asian writing are twice as wide, whatever they are made of")
    func wide() {
        let one = TextWidth.of("🎭", size: 10)
        #expect(one > 12)
        #expect(TextWidth.of("予", size: 10) == one)
        #expect(TextWidth.of("👩‍👩‍👧‍👦", size: 10) == one)
        #expect(TextWidth.of("🇨🇭", size: 10) == one)
        #expect(TextWidth.of("❤️", size: 10) == one)
    }

    @Test(
        "names lose their middle, sentences their end",
        arguments: [
            ("payments", "payments"), ("a\n b\t\u{1}c ", "a b c"), ("abc\u{202E}def", "abcdef"),
            ("payments-gateway-reconciliation", "payments…nciliation"),
            ("Payments and their reconciliation", "Payments and their…"),
            ("Payments and theirs again x", "Payments and their…"),
        ])
    func shortened(_ text: String, _ short: String) {
        let result = TextWidth.shortened(text, to: 140, size: 13)
        #expect(TextWidth.of(result, size: 13) <= 140)
        #expect(result == short)
    }

    @Test("what is there to fill the page is cut") func hostile() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 10_000)
        #expect(TextWidth.shortened(zalgo, to: 100, size: 13).unicodeScalars.count <= 12)
        let blanks = String(repeating: "\u{200B}", count: 10_000)
        #expect(TextWidth.shortened(blanks, to: 100, size: 13).count <= 201)
    }
}
