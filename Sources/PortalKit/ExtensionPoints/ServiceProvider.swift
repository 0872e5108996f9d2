/// A plugin's offer of one of the portal's services; bound after all plugins are made.
public enum ServiceProvider: Contribution {
    case catalog(any CatalogService)
    case permissions(any PermissionService)
    case identity(any IdentityService)
    case userSettings(any UserSettingsService)
    case visits(any VisitService)
}
