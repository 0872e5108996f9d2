public import PortalKit

/// The same graph in words: each node with its edges, for those who do not see the drawing and where there is no room
/// for one.
public enum GraphList {
    public static func html(_ graph: Graph, _ words: any InterfaceWords) -> HTML {
        let groups = Self.groups(graph, words)
        return HTML { h in
            h(.ul, .class("graph-list")) {
                for (node, groups) in zip(graph.nodes, groups) {
                    h(.li) {
                        name(h, node, words)
                        if !groups.isEmpty { write(h, groups, of: graph) }
                    }
                }
            }
        }
    }

    /// What the root leads to, by the names of the edges.
    public static func branches(_ graph: Graph, _ words: any InterfaceWords) -> HTML {
        guard let root = graph.nodes.firstIndex(where: \.isRoot) else { return html(graph, words) }
        let groups = Self.groups(graph, words)[root]
        return HTML { h in
            h(.ul, .class("graph-branches")) {
                for group in groups {
                    h(.li) {
                        h(.span, .class("quiet"), text: group.title)
                        h(.ul) { for node in group.nodes { h(.li) { name(h, graph.nodes[node], words) } } }
                    }
                }
            }
        }
    }

    /// The nodes that edges of one name lead to.
    private struct Group {
        let title: String
        var nodes: [Int]
    }

    /// For each node its edges by what they are called from there.
    private static func groups(_ graph: Graph, _ words: any InterfaceWords) -> [[Group]] {
        let places = graph.places
        var groups: [[Group]] = Array(repeating: [], count: graph.nodes.count)
        var known: [[String: Int]] = Array(repeating: [:], count: graph.nodes.count)
        func add(_ title: String, from node: Int, to other: Int) {
            if let group = known[node][title] { return groups[node][group].nodes.append(other) }
            known[node][title] = groups[node].count
            groups[node].append(Group(title: title, nodes: [other]))
        }
        for edge in graph.edges {
            guard let from = places[edge.from], let to = places[edge.to] else { continue }
            for title in edge.labels.isEmpty ? [words.leadsTo] : edge.labels { add(title, from: from, to: to) }
            if !edge.reverseLabels.isEmpty {
                for title in edge.reverseLabels { add(title, from: to, to: from) }
            } else if from != to {
                for title in edge.labels.isEmpty ? [words.comesFrom] : edge.labels.map(words.from) {
                    add(title, from: to, to: from)
                }
            }
        }
        return groups
    }

    private static func write(_ h: HTMLWriter, _ groups: [Group], of graph: Graph) {
        h(.ul) {
            for group in groups {
                h(.li) {
                    h(.span, .class("quiet"), text: group.title)
                    h(.ul) {
                        for node in group.nodes { h(.li) { link(h, graph.nodes[node]) } }
                    }
                }
            }
        }
    }

    private static func name(_ h: HTMLWriter, _ node: Graph.Node, _ words: any InterfaceWords) {
        h(.div) {
            h.add(Icon.kind(node.kind))
            link(h, node)
            if node.isMissing { h(.span, .class("quiet"), text: words.missing) }
        }
    }

    private static func link(_ h: HTMLWriter, _ node: Graph.Node) {
        let title = node.detail.isEmpty ? nil : Attribute.title(node.detail)
        if let url = node.url {
            h(.a, .href(url), title, node.isRoot ? .aria("current", "true") : nil, text: node.label)
        } else {
            h(.span, title, node.isMissing ? .class("missing") : nil, text: node.label)
        }
    }
}
