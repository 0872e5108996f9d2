import Foundation
import Testing

@testable import PortalUI

/// The drawing compared with Graphviz's, which is what people take for good.
@Suite struct GraphCrossingTests {
    private static let dot = "/usr/bin/dot"
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: dot)

    @Test(
        "lines cross at most 1.2 times as often as those of Graphviz",
        .enabled(if: isInstalled, "Graphviz is not installed: scripts/set-up graphviz"))
    func comparison() throws {
        var (ours, theirs) = (0, 0)
        for number in 0..<50 {
            let nodes = 12 + number * 3 / 2
            let graph = GeneratedGraph.connected(
                UInt64(number + 1), nodes: nodes, edges: nodes + nodes * (number % 5) / 5 + 1)
            let layout = graph.layout()
            let lines = layout.paths.map { path in
                Crossings.Line(
                    ends: Self.ends(graph.edges[path.edge]), points: Crossings.points(path.start, path.pieces))
            }
            ours += Crossings.count(lines, boxes: layout.boxes)
            theirs += try Self.crossingsOfDot(graph)
        }
        print("Crossings in 50 graphs: \(ours), Graphviz \(theirs), ratio \(Double(ours) / Double(theirs))")
        #expect(theirs > 500)
        #expect(Double(ours) <= 1.2 * Double(theirs))
    }

    private static func ends(_ edge: GraphLayout.Edge) -> Set<Int> { [edge.from, edge.to] }

    private static func crossingsOfDot(_ graph: GeneratedGraph) throws -> Int {
        var boxes: [GraphLayout.Box] = []
        var lines: [Crossings.Line] = []
        for row in try plain(graph).split(separator: "\n") {
            let words = row.split(separator: " ")
            let numbers = words.map { Double($0) ?? 0 }
            // Graphviz measures in inches.
            func point(_ index: Int) -> GraphLayout.Point {
                GraphLayout.Point(numbers[index] * 72, numbers[index + 1] * 72)
            }
            if words[0] == "node" {
                let size = graph.sizes[Int(numbers[1])]
                boxes.append(
                    GraphLayout.Box(
                        x: point(2).x - size.width / 2, y: point(2).y - size.height / 2, width: size.width,
                        height: size.height))
            } else if words[0] == "edge" {
                let pieces = stride(from: 6, to: 4 + 2 * Int(numbers[3]), by: 6).map { index in
                    GraphLayout.Piece.curve(point(index), point(index + 2), point(index + 4))
                }
                lines.append(
                    Crossings.Line(
                        ends: [Int(numbers[1]), Int(numbers[2])], points: Crossings.points(point(4), pieces)))
            }
        }
        try #require(boxes.count == graph.sizes.count && lines.count == graph.edges.count)
        return Crossings.count(lines, boxes: boxes)
    }

    private static func plain(_ graph: GeneratedGraph) throws -> String {
        var text = "digraph { rankdir=LR; node [shape=box, fixedsize=true, label=\"\"];\n"
        for (node, size) in graph.sizes.enumerated() {
            text += "\(node) [width=\(size.width / 72), height=\(size.height / 72)];\n"
        }
        for edge in graph.edges { text += "\(edge.from) -> \(edge.to);\n" }
        let file = FileManager.default.temporaryDirectory.appending(path: "graph-\(UUID().uuidString).dot")
        try (text + "}").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: dot)
        process.arguments = ["-Tplain", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}
