/// The routes that a plugin serves, as absolute path patterns: `/api/catalog/entities/by-uid/{uid}`.
public struct APIRoutes: Contribution {
    public let routes: [Route]
    public init(_ routes: [Route]) { self.routes = routes }
}
