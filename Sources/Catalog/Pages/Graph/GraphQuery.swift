import EntityModel
import PortalKit
import PortalUI

/// What `/catalog-graph` is asked for, in upstream's URL form: `rootEntityRefs[]=…&maxDepth=2&selectedKinds[]=…`.
struct GraphQuery: Sendable, Hashable {
    /// The same data, drawn or in words.
    enum View: String, Sendable, CaseIterable { case drawing, list }

    var roots: [EntityReference]
    /// What was written for a root and is no reference.
    var misread: [String] = []
    /// Nil is as far as it goes.
    var depth: Int?
    /// Lowercase; empty for all.
    var kinds: [String]
    /// Types of relations; empty for all.
    var relations: [String]
    /// Each entity is drawn with the tie by which it was found only, as upstream does where nobody asks for more: that
    /// hides who consumes what, so here it must be asked for.
    var isOneWay: Bool
    /// Both names of a tie stand on one line.
    var mergesPairs: Bool
    /// What belongs to a system stands for it as one box.
    var collapses: Bool
    var direction: GraphLayout.Direction
    var view: View

    static let depths = 1...5
    static let standardDepth = 2
    private static let mostRoots = 10
    private static let endless = ["∞", "infinite", "Infinity"]

    init(root: EntityReference) {
        self.init(QueryParameters(""))
        roots = [root]
    }

    init(_ query: QueryParameters) {
        func all(_ name: String) -> [String] {
            (query.all("\(name)[]") + query.all(name)).filter { !$0.isEmpty }
        }
        func last(_ name: String) -> String? { all(name).last }
        roots = []
        for text in all("rootEntityRefs").prefix(Self.mostRoots) {
            if let reference = try? EntityReference(parsing: text.trimmed, defaultKind: "Component") {
                if !roots.contains(reference) { roots.append(reference) }
            } else {
                misread.append(text)
            }
        }
        let wanted = last("maxDepth")
        depth =
            wanted.map(Self.endless.contains) == true
            ? nil : wanted.flatMap { Int($0) }.map { min(max($0, 1), 100) } ?? Self.standardDepth
        kinds = all("selectedKinds").map { $0.lowercased() }
        relations = all("selectedRelations")
        isOneWay = last("unidirectional") == "true"
        mergesPairs = last("mergeRelations") != "false"
        collapses = last("collapse") == "true"
        direction = last("direction").flatMap(GraphLayout.Direction.init) ?? .leftToRight
        view = last("view").flatMap(View.init) ?? .drawing
    }

    var url: SafeURL { .path(["catalog-graph"], query: parameters) }
    var fileURL: SafeURL { .path(["catalog-graph", "drawing.svg"], query: parameters) }

    private var parameters: [(String, String)] {
        var query = roots.map { ("rootEntityRefs[]", $0.description) }
        if depth != Self.standardDepth { query.append(("maxDepth", depth.map(String.init) ?? "∞")) }
        query += kinds.map { ("selectedKinds[]", $0) }
        query += relations.map { ("selectedRelations[]", $0) }
        if isOneWay { query.append(("unidirectional", "true")) }
        if !mergesPairs { query.append(("mergeRelations", "false")) }
        if collapses { query.append(("collapse", "true")) }
        if direction != .leftToRight { query.append(("direction", direction.rawValue)) }
        if view != .drawing { query.append(("view", view.rawValue)) }
        return query
    }

    func with(_ change: (inout GraphQuery) -> Void) -> GraphQuery {
        var copy = self
        change(&copy)
        return copy
    }
}
