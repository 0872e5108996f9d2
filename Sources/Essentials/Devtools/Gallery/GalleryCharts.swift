import PortalKit
import PortalUI

/// Numbers and relations as pictures.
extension Gallery {
    var chartSamples: [GallerySample] { [sparks, bars, stacks, levels, heat, graphs] }

    private var values: [Double] { (0..<40).map { Double(($0 * 37) % 23 + $0 / 4) } }
    private var names: [String] { [texts.short, texts.long, texts.rightToLeft, texts.hostile] }

    private var sparks: GallerySample {
        let days = values.indices.map { String($0 + 1) }
        return GallerySample(
            "sparks", words.title(.sparks), code: "SparkLine.html",
            [
                state(
                    .normal, isWide: true, SparkLine.html(words.title(.sparks), values: values, names: days, interface)),
                state(.small, SparkLine.html(words.title(.sparks), values: values, isSmall: true, interface)),
                state(
                    .gaps,
                    SparkLine.html(words.title(.sparks), values: [1, 5, .nan, 3, .nan, 9], isSmall: true, interface)),
                state(.empty, SparkLine.html(words.title(.sparks), values: [], interface)),
            ])
    }

    private var bars: GallerySample {
        GallerySample(
            "bars", words.title(.bars), code: "BarChart.html",
            [
                state(
                    .normal, isWide: true,
                    BarChart.html(words.title(.bars), Array(zip(names, [42, 17, 3, 0])), unit: " ms", interface)),
                state(.empty, isWide: true, BarChart.html(words.title(.bars), [], interface)),
            ])
    }

    private var stacks: GallerySample {
        GallerySample(
            "stacks", words.title(.stacks), code: "StackedBar.html",
            [
                state(
                    .normal, isWide: true,
                    StackedBar.html(
                        words.title(.stacks), parts: names,
                        rows: [.init(texts.short, [5, 3, 2, 1]), .init(texts.long, [1, 0, 9, 4])], interface))
            ])
    }

    private var levels: GallerySample {
        GallerySample(
            "levels", words.title(.levels), code: "LevelBar.html",
            (0...5).map { level in Specimen.state(String(level), LevelBar.html(level, name: texts.short, interface)) }
                + [
                    state(.long, LevelBar.html(3, name: texts.long, interface))
                ])
    }

    private var heat: GallerySample {
        GallerySample(
            "heat", words.title(.heat), code: "HeatMap.calendar, HeatMap.matrix",
            [
                state(
                    .normal, isWide: true,
                    HeatMap.calendar(
                        "\(words.title(.heat)): \(words.label(.normal))", first: "2026-01-01",
                        values: values + values + values, interface)),
                state(
                    .many, isWide: true,
                    HeatMap.matrix(
                        "\(words.title(.heat)): \(words.label(.many))", columns: names,
                        rows: names.enumerated().map {
                            .init($0.element, Array(values.dropFirst($0.offset).prefix(4)))
                        },
                        interface)),
            ])
    }

    private var graphs: GallerySample {
        let kinds = ["component", "api", "system", "resource"]
        let nodes = zip(names, kinds).enumerated().map { number, node in
            Graph.Node(String(number), label: node.0, kind: node.1, url: here, isRoot: number == 0)
        }
        let edges = [("0", "1"), ("0", "2"), ("3", "0"), ("1", "3")].map {
            Graph.Edge(from: $0.0, to: $0.1, labels: [words.label(.part)])
        }
        let graph = Graph(nodes: nodes, edges: edges)
        return GallerySample(
            "graphs", words.title(.graphs), code: "GraphView.html, GraphList.html",
            [
                state(
                    .small, isWide: true,
                    GraphView.mini(GraphDrawing(graph), label: words.title(.graphs), interface)),
                state(
                    .large, isWide: true,
                    GraphView.html(
                        GraphDrawing(graph, direction: .topToBottom), label: words.label(.large), interface)),
                state(.text, isWide: true, GraphList.html(graph, interface)),
            ])
    }
}
