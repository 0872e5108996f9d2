import HTTPTypes
import PortalKit
import PortalUI

/// The addresses of the gallery below its tab.
extension DevtoolsPages {
    private static let groupPath = "/devtools/gallery/{group}"
    private static let longestForm = 64 << 10

    var galleryContributions: [any Contribution] {
        [
            Page("devtools-gallery", path: Self.groupPath, navigation: "devtools", isNoted: false, content: group),
            Page(
                "devtools-gallery-page", path: "\(Self.groupPath)/{page}", navigation: "devtools", isNoted: false,
                content: page),
            APIRoutes([
                // Forms of samples do nothing but come back.
                Route(
                    .post, Self.groupPath, access: .authenticated, maximumBodyBytes: Self.longestForm, isPage: true
                ) { .redirect(Gallery.url($0.parameters["group"]).text) }
            ]),
        ]
    }

    private func group(_ request: PortalRequest, _ context: ViewContext) async throws -> PageContent {
        guard operators.contains(context.principal) else { return DevtoolsRefusal(context: context).content }
        let (gallery, group) = try chosen(request, context)
        return try page(try panels(), "gallery", gallery.html(group), context, title: group.title).content
    }

    private func page(_ request: PortalRequest, _ context: ViewContext) async throws -> PageContent {
        guard operators.contains(context.principal) else { return DevtoolsRefusal(context: context).content }
        let (_, group) = try chosen(request, context)
        let id = request.parameters["page"] ?? ""
        guard let page = group.samples.flatMap(\.pages).first(where: { $0.id == id }) else {
            throw PortalError(.notFound, context.language.gallery.noGroup("\(group.id)/\(id)"))
        }
        let words = context.language.devtools
        return PageContent(
            page.title,
            trail: [
                .init(words.devtools, "/devtools"), .init(words.gallery, Gallery.url()),
                .init(group.title, Gallery.url(group.id)),
            ], navigation: "devtools", html: page.html)
    }

    private func chosen(
        _ request: PortalRequest, _ context: ViewContext
    ) throws -> (gallery: Gallery, group: GalleryGroup) {
        let id = request.parameters["group"] ?? ""
        let gallery = Gallery(context: context, shown: id)
        guard let group = gallery.groups.first(where: { $0.id == id }) else {
            throw PortalError(.notFound, context.language.gallery.noGroup(id))
        }
        return (gallery, group)
    }
}
