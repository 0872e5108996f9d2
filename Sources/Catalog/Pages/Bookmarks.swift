import HTTPTypes
import PortalKit

/// Addresses of Backstage's pages that people have kept, and what stands for them here.
enum Bookmarks {
    private static let access = Route.Access.open(reason: "leads to the catalog")

    static var routes: [Route] {
        [
            Route(.get, "/api-docs", access: access, isPage: true) { _ in redirect([("filters[kind]", "api")]) },
            Route(.get, "/search", access: access, isPage: true) { request in
                // Search finds every kind.
                redirect([("filters[kind]", "all")] + text(request.query["query"] ?? ""))
            },
        ]
    }

    private static func text(_ words: String) -> [(String, String)] {
        words.isEmpty ? [] : [("filters[text]", words)]
    }

    private static func redirect(_ query: [(String, String)]) -> PortalResponse {
        .redirect(SafeURL.path(["catalog"], query: query).text)
    }
}
