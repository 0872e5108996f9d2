import Database
import Logging
import PortalKit

/// Who may come in and what they may do: sign-in, sessions, tokens and permissions.
///
/// A request passes `LiveIdentity` (bearer token, else session cookie) and then `LivePermissions`, which holds tokens to
/// their restrictions and asks the policy about people. `AccessParts` puts the feature together; start reading there.
public struct AccessPlugin: Plugin {
    public static let id = "auth"
    public static let migrations = AccessMigrations.all
    public static let databaseChecks = AccessMigrations.checks
    public static let configKeys = AccessConfigKeys.all

    private let parts: AccessParts
    private let advice: @Sendable () throws -> [PortalError]

    public init?(_ environment: PluginEnvironment) throws {
        let settings = try AccessSettings { try environment.config.node($0) }
        let restrictions = RestrictionAdvice(
            entries: try environment.config.node("backend.auth")["externalAccess"])
        advice = { [registry = environment.registry] in
            try settings.advice + restrictions.find(registry.service)
        }
        for warning in settings.warnings + settings.advice.map(\.message) { environment.logger.warning("\(warning)") }
        parts = AccessParts(
            settings, keyStore: SQLSigningKeyStore(database: environment.database),
            sessionStore: SQLSessionStore(database: environment.database), keyFolder: environment.dataFolder,
            clock: environment.clock, logger: environment.logger, forget: Self.forgetting(environment)
        ) { [catalog = environment.catalog] in try catalog.service }
    }

    /// What cannot be deleted now is when sessions' settings are swept, and reached by nobody until then.
    private static func forgetting(_ environment: PluginEnvironment) -> @Sendable (UserPrincipal) async -> Void {
        { [settings = environment.userSettings, visits = environment.visits, logger = environment.logger] user in
            guard let settings = try? settings.service else { return }
            await (try? visits.service)?.forget(.user(user))
            do { try await settings.removeAll(of: user.settingsOwner) } catch {
                logger.warning("What a guest kept could not be deleted at once and will be later: \(error)")
            }
        }
    }

    public var contributions: [any Contribution] {
        parts.contributions + [
            ConfigAdvice { [advice] in try advice() },
            ConfigReload(plugin: Self.id) { [tokens = parts.tokens] config in
                tokens.exchange(for: try AccessSettings { try config.node($0) }.external)
            },
        ]
    }
}
