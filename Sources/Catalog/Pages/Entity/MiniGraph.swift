import EntityModel
import PortalKit
import PortalUI

/// What an entity is next to, drawn: a few of each relation.
enum MiniGraph {
    private static let mostOfEach = 3
    private static let mostDrawn = 18

    static func card(of entity: Entity, _ catalog: AuthorizedCatalog, _ context: ViewContext) -> HTML {
        let query = GraphQuery(root: entity.reference).with {
            $0.depth = 1
            $0.isOneWay = true
        }
        let walk = GraphWalk(query, catalog, most: mostDrawn, mostOfEach: mostOfEach)
        if walk.places.count < 2 { return .empty }
        let graph = walk.graph { context.words.relation($0) ?? $0 }.mergingPairs
        let title = EntityName.title(of: entity)
        return Card.html(
            context.words.nextToIt, id: "graph",
            action: HTML { h in
                h(.a, .href(GraphQuery(root: entity.reference).url), text: context.words.wholeGraph)
            },
            content: HTML { h in
                h.add(
                    GraphView.mini(
                        GraphDrawing(graph, isMini: true), label: context.words.graph(of: title), context.interface))
                if walk.isCut { h.add(Card.quiet(context.words.fewOfEach)) }
            })
    }
}
