public import HTTPTypes

/// A page of its own, drawn within the portal's frame; stands for Backstage's `PageBlueprint`.
///
///     Page("releases", path: "/releases", access: .authenticated) { request, context in
///         PageContent("Releases", html: releasesTable(try await releases.latest(for: request.principal)))
///     }
public struct Page: Contribution {
    public typealias Content = @Sendable (PortalRequest, ViewContext) async throws -> PageContent

    /// Unique over all plugins.
    public let id: String
    /// A pattern as that of `Route`: `/releases/{name}`.
    public let path: String
    public let access: Route.Access
    /// The `NavigationItem` that is marked as the current one.
    public let navigation: String?
    /// Whether people are shown it among the pages that they have been to. What the rail leads to they find anyway.
    public let isNoted: Bool
    public let content: Content

    /// - Parameter isNoted: nil notes pages below those that stand at the beginning of a path: `/releases/{name}`.
    public init(
        _ id: String, path: String, access: Route.Access = .authenticated, navigation: String? = nil,
        isNoted: Bool? = nil, content: @escaping Content
    ) {
        self.id = id
        self.path = path
        self.access = access
        self.navigation = navigation
        self.isNoted = isNoted ?? (path.split(separator: "/").count > 1)
        self.content = content
    }
}

/// What a page shows within the frame.
public struct PageContent: Sendable {
    /// One step of the way to a page.
    public struct Step: Sendable {
        public let title: String
        public let path: SafeURL

        public init(_ title: String, _ path: SafeURL) {
            self.title = title
            self.path = path
        }
    }

    public let title: String
    /// The pages above this one.
    public let trail: [Step]
    public let html: HTML
    /// Another `NavigationItem` to mark than the page's own.
    public let navigation: String?
    /// Modules of the interface that the page can use beside those of every page, such as `graph`.
    public let modules: [String]
    /// Other than `ok` for a page that says why there is nothing, and what is there instead.
    public let status: HTTPResponse.Status

    public init(
        _ title: String, trail: [Step] = [], navigation: String? = nil, modules: [String] = [],
        status: HTTPResponse.Status = .ok, html: HTML
    ) {
        self.title = title
        self.trail = trail
        self.navigation = navigation
        self.modules = modules
        self.status = status
        self.html = html
    }
}
