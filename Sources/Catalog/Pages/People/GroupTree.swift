import EntityModel
import PortalKit
import PortalUI

/// The groups below a group, nearest first, as many as a page can tell of.
struct GroupTree {
    /// One group below another.
    private struct Node {
        let reference: String
        let slot: UInt32?
        var children: [Int] = []
    }

    private let catalog: AuthorizedCatalog
    private var nodes: [Node] = []
    private static let mostGroups = 500
    private static let mostShown = 60
    private static let deepest = 12

    init(below entity: Entity, _ catalog: AuthorizedCatalog) {
        self.init(below: entity.kind.lowercased() == "group" ? entity.reference.description : nil, catalog)
    }

    /// - Parameter group: its reference; nil for none.
    init(below group: String?, _ catalog: AuthorizedCatalog) {
        self.catalog = catalog
        guard let group else { return }
        var known: Set<String> = []
        func add(_ reference: String) -> Int? {
            guard known.insert(reference).inserted else { return nil }
            let slot = catalog.slot(reference: reference)
            nodes.append(Node(reference: reference, slot: slot))
            return nodes.count - 1
        }
        _ = add(group)
        var next = 0
        while next < nodes.count, nodes.count < Self.mostGroups {
            if nodes[next].slot != nil {
                for edge in catalog.index.graph.edges(
                    of: nodes[next].reference, types: ["parentOf"], most: Self.mostGroups)
                {
                    if let child = add(edge.target) { nodes[next].children.append(child) }
                }
            }
            next += 1
        }
    }

    /// Owners with all groups below those of them that are groups; each once.
    static func below(_ owners: [String], _ catalog: AuthorizedCatalog) -> [String] {
        var known: Set<String> = []
        return owners.flatMap { owner in
            let reference = owner.lowercased()
            return reference.hasPrefix("group:") ? GroupTree(below: reference, catalog).references : [reference]
        }.filter { known.insert($0).inserted }
    }

    /// The group and all below it.
    var references: [String] { nodes.map(\.reference) }

    /// The groups above one, the topmost first.
    static func above(_ entity: Entity, _ catalog: AuthorizedCatalog) -> [Tree.Item] {
        var found: [Tree.Item] = []
        var known: Set<String> = [entity.reference.description]
        var reference = entity.reference.description
        while found.count < deepest,
            let parent = catalog.index.graph.edges(of: reference, types: ["childOf"], most: 1).first?.target,
            known.insert(parent).inserted
        {
            let slot = catalog.slot(reference: parent)
            found.append(item(parent, slot, catalog))
            // What may not be seen leads nowhere.
            if slot == nil { break }
            reference = parent
        }
        return found.reversed()
    }

    /// From the topmost group down to all below the one in question. Where groups go in a circle, one may be above and
    /// below.
    func tree(above: [Tree.Item], root: Entity, _ words: any PeopleWords) -> Tree.Item {
        var left = Self.mostShown
        let urlsAbove = Set(above.compactMap { $0.url?.text })
        func subtree(_ number: Int, _ depth: Int) -> Tree.Item {
            let node = nodes[number]
            var children: [Tree.Item] = []
            if depth < Self.deepest {
                for child in node.children where left > 0 {
                    left -= 1
                    children.append(subtree(child, depth + 1))
                }
            }
            let url = node.slot == nil ? nil : Self.url(node.reference)
            return Tree.Item(
                Self.title(node.reference, node.slot, catalog), kind: "Group", url: url, isCurrent: number == 0,
                hidden: node.children.count - children.count,
                note: url.map { urlsAbove.contains($0.text) } == true ? words.isAboveToo : nil, children: children)
        }
        let own =
            nodes.isEmpty
            ? Tree.Item(EntityName.title(of: root), kind: "Group", url: nil, isCurrent: true) : subtree(0, 0)
        return above.reversed().reduce(own) { inner, outer in
            Tree.Item(outer.title, kind: outer.kind, url: outer.url, children: [inner])
        }
    }

    private static func item(_ reference: String, _ slot: UInt32?, _ catalog: AuthorizedCatalog) -> Tree.Item {
        Tree.Item(title(reference, slot, catalog), kind: "Group", url: slot == nil ? nil : url(reference))
    }

    private static func title(_ reference: String, _ slot: UInt32?, _ catalog: AuthorizedCatalog) -> String {
        if let slot { return catalog.title(of: slot) }
        return (try? EntityReference(parsing: reference)).map(EntityLink.shortName) ?? reference
    }

    private static func url(_ reference: String) -> SafeURL? {
        (try? EntityReference(parsing: reference)).map { EntityLink.url($0) }
    }
}
