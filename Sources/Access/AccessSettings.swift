import EntityModel
import Foundation
import PortalKit

/// What the configuration says about who may come in.
struct AccessSettings: Sendable {
    let external: ExternalTokens
    let admitsAnonymous: Bool
    let guest: GuestSignIn.Settings?
    let tokenLifetimeSeconds: Int
    /// Of `auth.session.secret`, else of the first of `backend.auth.keys`.
    let sealing: KeySealing?
    let appBaseURL: String
    let backendBaseURL: String
    let listensOnLoopback: Bool

    var issuer: String { "\(backendBaseURL)/api/auth" }
    /// Cookies are marked secure where people reach the portal by https.
    var isSecure: Bool { appBaseURL.lowercased().hasPrefix("https:") }

    /// What the operator should be told at each start.
    private(set) var warnings: [String] = []
    /// The same, and told by `config check` too.
    private(set) var advice: [PortalError] = []

    private static let shortestTokenLifetime = 600.0
    private static let longestTokenLifetime = 86_400.0
    private static let usualTokenLifetime = 3_600.0

    /// - Parameter node: the place of an absolute key in the configuration.
    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ node: (String) throws -> ConfigNode) throws {
        let backendAuth = try node("backend.auth")
        external = try ExternalAccessSettings.read(backendAuth)
        admitsAnonymous = try backendAuth["dangerouslyDisableDefaultAuthPolicy"].flag() ?? false
        let auth = try node("auth")
        guest = try Self.guest(auth["providers"]["guest"])
        tokenLifetimeSeconds = try Self.lifetime(auth["backstageTokenExpiration"])
        sealing = try Self.sealing(auth["session"]["secret"], backendAuth["keys"])
        backendBaseURL = try Self.baseURL(node("backend.baseUrl"), "http://localhost:7007")
        appBaseURL = try Self.baseURL(node("app.baseUrl"), backendBaseURL)
        listensOnLoopback = try Self.isLoopback(node("backend.listen"))
        warnings = try warnings(backendAuth, auth["providers"])
        advice = try advice(auth["providers"], node("backend.listen"), node("permission"))
    }

    private func warnings(_ backendAuth: ConfigNode, _ providers: ConfigNode) throws -> [String] {
        var warnings = try providers.keys().filter { $0 != "guest" }.map {
            providers[$0].remark("is not offered by this version; people cannot sign in with it")
        }
        let reach = listensOnLoopback ? "on this machine" : "who reaches this portal"
        if admitsAnonymous {
            warnings.append(
                backendAuth["dangerouslyDisableDefaultAuthPolicy"].remark(
                    "is on: everybody \(reach) may read and change everything without signing in"))
        }
        if guest?.allowsEverywhere == true, !listensOnLoopback {
            warnings.append(
                providers["guest"]["dangerouslyAllowOutsideDevelopment"].remark(
                    "is on: everybody \(reach) may sign in as guest"))
        }
        return warnings
    }

    /// What people expect of the configuration in vain.
    private func advice(
        _ providers: ConfigNode, _ listen: ConfigNode, _ permission: ConfigNode
    ) throws -> [PortalError] {
        var advice: [PortalError] = []
        let reason = GuestSignIn.unavailableReason(guest, listensOnLoopback)
        if !admitsAnonymous, providers.isPresent, let reason {
            let place = guest == nil ? providers : providers["guest"]
            let mend = guest == nil ? "" : "; for this machine alone set \(Self.loopback(listen))"
            advice.append(place.mistake("lets nobody sign in to the pages. \(reason.dropLast())\(mend)"))
        }
        if try permission["enabled"].flag() == true {
            advice.append(
                permission["enabled"].mistake(
                    "has no effect yet: policies are not read, and everybody who is signed in may do everything"))
        }
        return advice
    }

    /// The setting that lets guests in, on the port that is configured.
    private static func loopback(_ listen: ConfigNode) -> String {
        if listen.value?.object != nil { return "backend.listen.host: 127.0.0.1" }
        let port = (try? listen.text())?.split(separator: ":").last.flatMap { Int($0) } ?? 7007
        return "backend.listen: 127.0.0.1:\(port)"
    }

    private static func sealing(_ secret: ConfigNode, _ keys: ConfigNode) throws -> KeySealing? {
        if let text = try secret.text() {
            guard text.utf8.count >= 8 else { throw secret.mistake("must be at least 8 characters long") }
            return KeySealing(secret: Data(text.utf8))
        }
        guard let text = try keys.items()?.first?["secret"].text() else { return nil }
        return KeySealing(secret: Data(text.utf8))
    }

    private static func guest(_ node: ConfigNode) throws -> GuestSignIn.Settings? {
        guard node.isPresent else { return nil }
        _ = try node.keys()
        let user = try reference(node["userEntityRef"]) ?? "user:development/guest"
        let ownership = try node["ownershipEntityRefs"].items()?.compactMap { try reference($0) }
        return GuestSignIn.Settings(
            user: UserPrincipal(userEntityRef: user, ownershipEntityRefs: ownership ?? [user]),
            allowsEverywhere: try node["dangerouslyAllowOutsideDevelopment"].flag() ?? false)
    }

    private static func reference(_ node: ConfigNode) throws -> String? {
        guard let text = try node.text() else { return nil }
        do {
            return try EntityReference(parsing: text, defaultKind: "user").description
        } catch {
            throw node.mistake("is no entity reference: \(error)")
        }
    }

    private static func baseURL(_ node: ConfigNode, _ fallback: String) throws -> String {
        guard var url = try node.text() else { return fallback }
        guard RequestOrigin.originText(url) != nil else { throw node.mistake("must be an http or https URL") }
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    /// A listener without a host is reached from everywhere, as upstream's.
    private static func isLoopback(_ node: ConfigNode) throws -> Bool {
        if let host = try? node["host"].text() { return RequestOrigin.isLoopback(host) }
        guard let text = node.value?.string, let colon = text.lastIndex(of: ":") else {
            return node.value?.string.map(RequestOrigin.isLoopback) ?? false
        }
        return RequestOrigin.isLoopback(String(text[..<colon]))
    }

    /// `{ hours: 2 }`, `2h` or `PT2H`, held within upstream's ten minutes and a day.
    private static func lifetime(_ node: ConfigNode) throws -> Int {
        let seconds = try node.durationSeconds() ?? usualTokenLifetime
        return Int(min(max(seconds, shortestTokenLifetime), longestTokenLifetime))
    }
}
