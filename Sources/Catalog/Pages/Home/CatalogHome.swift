import EntityModel
import PortalKit
import PortalUI

/// What the catalog shows on the home page: what somebody owns, and what of it wants to be looked at.
struct CatalogHome: Sendable {
    let index: PublishedIndex
    let permissions: ServiceHandle<any PermissionService>

    var contributions: [any Contribution] {
        [
            HomeWidget(
                "attention", title: { $0.catalogHome.needsAttention }, width: .columns(8, within: 4...12), rank: 10
            ) { context in
                guard let user = context.user else { return nil }
                return Attention(of: user, try await catalog(context), context.language.catalog).html(context)
            },
            HomeWidget("owned", title: { $0.catalogHome.ownedByMe }, width: .columns(8, within: 4...12), rank: 20) {
                context in
                guard let user = context.user else { return nil }
                return Owned(of: user, try await catalog(context), context.language.catalog).html(context)
            },
        ]
    }

    private func catalog(_ context: ViewContext) async throws -> AuthorizedCatalog {
        try await AuthorizedCatalog.read(index, by: context.principal, permissions)
    }

    /// What somebody owns, themselves or through a group.
    static func owned(by user: UserPrincipal) -> EntityPredicate {
        .oneOf(key: "relations.ownedby", values: user.ownershipEntityRefs)
    }

    /// The catalog page with what somebody owns.
    static func url(kind: String, hasError: Bool = false) -> SafeURL {
        .path(
            ["catalog"],
            query: [("filters[kind]", kind.lowercased()), ("filters[user]", "owned")]
                + (hasError ? [("filters[processing]", "error")] : []))
    }
}
