import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// Backstage's pages for what this portal does not have: people have kept their addresses, and are told so.
struct MissingFeature: Sendable {
    /// What is not there.
    enum Feature: String, Sendable, CaseIterable { case templates, documentation }

    let index: PublishedIndex

    var contributions: [any Contribution] {
        [page(.templates, "/create/{path*}"), page(.documentation, "/docs/{path*}")]
    }

    private func page(_ feature: Feature, _ path: String) -> Page {
        Page(
            "missing-\(feature.rawValue)", path: path, access: .permission(CatalogPermissions.entityRead),
            isNoted: false
        ) { request, context in
            content(feature, request, context)
        }
    }

    private func content(_ feature: Feature, _ request: PortalRequest, _ context: ViewContext) -> PageContent {
        let words = context.words
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let entity = feature == .documentation ? Self.entity(request, catalog) : nil
        let text = words.lacks(feature)
        return PageContent(
            text.title, trail: [.init(words.catalog, "/catalog")], status: .notFound,
            html: ErrorPanel.html(
                text.title, code: 404, message: text.message,
                actions: HTML { h in
                    if let entity {
                        h.add(
                            Button.link(
                                words.showInCatalog(EntityName.title(of: entity)), EntityLink.url(entity.reference),
                                isMain: true))
                    }
                    h.add(Button.link(words.openCatalog, "/catalog", isMain: entity == nil))
                }, context.interface))
    }

    /// The entity that a page of documentation was about: `/docs/default/component/shop/how/to`.
    private static func entity(_ request: PortalRequest, _ catalog: AuthorizedCatalog) -> Entity? {
        let parts = (request.parameters["path"] ?? "").split(separator: "/", maxSplits: 3).map(String.init)
        guard parts.count >= 3 else { return nil }
        let reference = EntityReference(kind: parts[1], namespace: parts[0], name: parts[2])
        return catalog.slot(reference: reference.description).map { catalog.index.shown($0) }
    }
}
