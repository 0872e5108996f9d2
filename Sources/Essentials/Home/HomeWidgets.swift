import EntityModel
import Foundation
import PortalKit
import PortalUI

/// The widgets that need nothing but what people keep and what the configuration says.
struct HomeWidgets: Sendable {
    let settings: LiveHomeSettings
    let kept: KeptPages

    private static let mostStars = 8
    private static let mostVisits = 6

    var contributions: [any Contribution] {
        [
            HomeWidget(
                "announcements", title: { $0.essentials.announcements }, width: .columns(8, within: 4...12), rank: 15,
                content: announcements),
            HomeWidget("starred", title: { $0.essentials.starred }, width: .columns(4), rank: 30, content: starred),
            HomeWidget("recent", title: { $0.essentials.recent }, width: .columns(4), rank: 40) { context in
                try await visits(
                    try await kept.visits.service.recent(of: context.principal, limit: Self.mostVisits), context)
            },
            HomeWidget("most", title: { $0.essentials.most }, width: .columns(4), rank: 50) { context in
                let most = try await kept.visits.service.most(of: context.principal, limit: Self.mostVisits)
                // Pages that were visited once say no more than the list of the last ones.
                return try await visits(most.filter { $0.hits > 1 }, showsHits: true, context)
            },
            HomeWidget("toolkit", title: { $0.essentials.toolkit }, width: .columns(4), rank: 60) { context in
                let tools = settings.current.toolkit
                if tools.isEmpty { return nil }
                return PageLinks.html(tools.map { .init($0.title, $0.url) })
            },
        ]
    }

    private func announcements(_ context: ViewContext) async throws -> HTML? {
        let told = settings.current.announcements(at: context.now)
        if told.isEmpty { return nil }
        return Announcements.html(
            told.map { notice in
                let text = notice.text.isEmpty ? .empty : MarkdownText(notice.text).html(context.language.interface)
                return .init(notice.title, text: text, url: notice.url)
            })
    }

    private func starred(_ context: ViewContext) async throws -> HTML? {
        guard context.user != nil else { return nil }
        let stars = try await kept.stars(context)
        if stars.isEmpty { return Card.quiet(context.words.noStars) }
        let items = try await kept.items(stars.prefix(Self.mostStars), place: "starred", back: "/", context)
        return EntityList.html(nil, items, total: stars.count, all: StarredPage.url, context.interface)
    }

    private func visits(_ visits: [Visit], showsHits: Bool = false, _ context: ViewContext) async throws -> HTML? {
        if visits.isEmpty { return nil }
        return try await kept.links(visits, showsHits: showsHits, context)
    }
}
