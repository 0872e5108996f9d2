import EntityModel
import PortalKit

/// What Access reads of app-config.
enum AccessConfigKeys {
    static let all: [ConfigKey] = [
        ConfigKey(
            "backend.auth.dangerouslyDisableDefaultAuthPolicy", .boolean, default: false,
            "Answers requests without credentials, as if anybody were signed in."),
        ConfigKey(
            "backend.auth.externalAccess[].type", .text, isLive: true,
            "The kind of a token for programs: static or legacy."),
        ConfigKey(
            "backend.auth.externalAccess[].options.token", .text, isSecret: true, isLive: true,
            "The token itself; at least 8 characters."),
        ConfigKey(
            "backend.auth.externalAccess[].options.secret", .text, isSecret: true, isLive: true,
            "The shared secret of legacy tokens, in base64."),
        ConfigKey(
            "backend.auth.externalAccess[].options.subject", .text, isLive: true, "The name of the program in logs."),
        ConfigKey(
            "backend.auth.externalAccess[].config", .object, isSecret: true, isLive: true, "The older place of options."
        ),
        ConfigKey(
            "backend.auth.externalAccess[].accessRestrictions[].plugin", .text, isLive: true,
            "A plugin that the token may call; without restrictions it may call all."),
        ConfigKey(
            "backend.auth.externalAccess[].accessRestrictions[].permission", .any, isLive: true,
            "The permissions that the token has within the plugin."),
        ConfigKey(
            "backend.auth.externalAccess[].accessRestrictions[].permissionAttribute.action", .any, isLive: true,
            "The actions that the token may take within the plugin."),
        ConfigKey(
            "backend.auth.keys[].secret", .text, isSecret: true, "The older form of a shared secret, in base64."),
        ConfigKey(
            "auth.session.secret", .text, isSecret: true,
            "What signing keys are encrypted with; without it a key file is kept beside the database."),
        ConfigKey(
            "permission.enabled", .boolean, default: false,
            "Has no effect yet: policies are not read, and everybody who is signed in may do everything."),
        ConfigKey(
            "auth.backstageTokenExpiration", .duration, default: ["hours": 1],
            "How long a user token is valid, from ten minutes to a day."),
        ConfigKey("auth.environment", .text, "Accepted for compatibility; sign-in providers may nest under it."),
        ConfigKey(
            "auth.providers.guest.userEntityRef", .text, default: "user:development/guest",
            "Whom guests are signed in as."),
        ConfigKey(
            "auth.providers.guest.ownershipEntityRefs", .list, "What counts as owned by guests."),
        ConfigKey(
            "auth.providers.guest.dangerouslyAllowOutsideDevelopment", .boolean, default: false,
            "Lets guests in although the portal listens on other than a loopback address."),
        ConfigKey(
            "backend.baseUrl", .text, default: "http://localhost:7007", "The address of the API; builds links only."),
        ConfigKey("app.baseUrl", .text, "The address in people's browsers; builds links only."),
        ConfigKey("backend.listen", .any, default: ":7007", "Where the portal listens: text, or host and port."),
    ]
}
