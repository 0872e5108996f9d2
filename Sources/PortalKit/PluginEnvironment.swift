public import Database
public import Logging

/// What a plugin is made with: its configuration and handles on the portal's services.
public struct PluginEnvironment: Sendable {
    /// The configuration, limited to the keys that the plugin declares.
    public let config: PluginConfig
    public let logger: Logger
    public let clock: any PortalClock
    public let database: any SQLDatabase
    /// Where the program may keep files of its own; nil where the database is not a local file.
    public let dataFolder: String?
    public let fetcher: any HTTPFetcher
    public let files: any Workspace
    /// Makes spans of a plugin's own work; outbound requests and transactions have theirs already.
    public let tracer: Tracer
    public let catalog: ServiceHandle<any CatalogService>
    public let permissions: ServiceHandle<any PermissionService>
    public let identity: ServiceHandle<any IdentityService>
    public let userSettings: ServiceHandle<any UserSettingsService>
    public let visits: ServiceHandle<any VisitService>
    /// Who may look into the portal itself; known from the start.
    public let operators: Operators
    /// What the portal knows of itself, complete once boot has finished.
    public let report: ServiceHandle<any PortalReport>
    /// All contributions of all plugins, complete once boot has finished.
    public let registry: ServiceHandle<PluginRegistry>

    public init(
        config: PluginConfig, logger: Logger, clock: any PortalClock, database: any SQLDatabase, dataFolder: String?,
        fetcher: any HTTPFetcher, files: any Workspace, tracer: Tracer = .off, services: Services
    ) {
        self.config = config
        self.logger = logger
        self.clock = clock
        self.database = database
        self.dataFolder = dataFolder
        self.fetcher = fetcher
        self.files = files
        self.tracer = tracer
        catalog = services.catalog
        permissions = services.permissions
        identity = services.identity
        userSettings = services.userSettings
        visits = services.visits
        operators = services.operators
        report = services.report
        registry = services.registry
    }

    /// The handles that all plugins of one portal share.
    public struct Services: Sendable {
        public let catalog = ServiceHandle<any CatalogService>("catalog")
        public let permissions = ServiceHandle<any PermissionService>("permissions")
        public let identity = ServiceHandle<any IdentityService>("identity")
        public let userSettings = ServiceHandle<any UserSettingsService>("user settings")
        public let visits = ServiceHandle<any VisitService>("visits")
        public let operators = Operators()
        public let report = ServiceHandle<any PortalReport>("report")
        public let registry = ServiceHandle<PluginRegistry>("registry")
        public init() {}
    }
}
