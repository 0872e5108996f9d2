import EntityModel
import PortalKit
import PortalUI

/// `/starred`: all stars with the way to take them away, and the pages that somebody has been to.
struct StarredPage: Sendable {
    let items: [EntityList.Item]
    let start: Int
    let total: Int
    let recent: HTML?
    let most: HTML?
    let context: ViewContext

    static let url: SafeURL = "/starred"
    private static let size = 50
    private static let mostVisits = 20
    private static let part = "stars"

    static func load(_ request: PortalRequest, _ kept: KeptPages, _ context: ViewContext) async throws -> StarredPage {
        let stars = try await kept.stars(context)
        let wanted = request.query["from"].flatMap { Int($0) } ?? 0
        // The last page, where the one that was asked for lost its last star.
        let last = max(0, (stars.count - 1) / size * size)
        let start = min(max(0, wanted) / size * size, last)
        let shown = stars.dropFirst(start).prefix(size)
        let recent = try await kept.visits.service.recent(of: context.principal, limit: mostVisits)
        let most = try await kept.visits.service.most(of: context.principal, limit: mostVisits)
        return StarredPage(
            items: try await kept.items(
                shown, place: "list", back: address(start).text, part: part, context),
            start: start, total: stars.count,
            recent: recent.isEmpty ? nil : try await kept.links(recent, context),
            most: most.isEmpty ? nil : try await kept.links(most, showsHits: true, context), context: context)
    }

    private static func address(_ start: Int) -> SafeURL {
        start == 0 ? url : .path(["starred"], query: [("from", String(start))])
    }

    private var words: any EssentialsWords { context.words }

    var content: PageContent {
        PageContent(
            words.starred, trail: [.init(words.home, "/")], navigation: "home",
            html: HTML { h in
                h.add(PageHead.html(words.starred, subtitle: HTML { $0.text(words.starredText) }))
                h.add(Columns.replaceable(Self.part, said: words.stars(total), stars))
                h.add(
                    WidgetGrid.html([
                        .init(width: 6, html: Card.html(words.recent, content: recent ?? Card.quiet(words.noVisits))),
                        .init(width: 6, html: Card.html(words.most, content: most ?? Card.quiet(words.noVisits))),
                    ]))
            })
    }

    private var stars: HTML {
        if total == 0 { return Card.html(words.entities, content: Card.quiet(words.noStars)) }
        let hasPrevious = start > 0
        let hasNext = start + items.count < total
        return Card.html(
            words.entities, count: context.interface.number(total),
            content: HTML { h in
                h.add(EntityList.html(nil, items, total: items.count, isOpen: true, context.interface))
                if hasPrevious || hasNext {
                    h.add(
                        Pager.html(
                            words.range(start + 1, start + items.count, of: total),
                            previous: hasPrevious ? Self.address(start - Self.size) : nil,
                            next: hasNext ? Self.address(start + Self.size) : nil, context.interface))
                }
            })
    }
}
