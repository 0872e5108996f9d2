import HTTPTypes
import PortalKit

/// The forms that start and end a browser's session. They work without scripts.
struct SignInAPI: Sendable {
    let guest: GuestSignIn
    let sessions: Sessions
    let cookie: SessionCookie
    let origin: RequestOrigin
    /// Deletes what is kept for a session that has ended.
    let forget: @Sendable (UserPrincipal) async -> Void

    static let guestPath = "/sign-in/guest"
    static let signOutPath = "/sign-out"
    private static let longestForm = 16_384
    private static let longestTarget = 2_048

    var routes: [Route] {
        [
            Route(
                .post, Self.guestPath, access: .open(reason: "signs guests in, where that is allowed"),
                maximumBodyBytes: Self.longestForm, isPage: true, handler: signInAsGuest),
            Route(
                .post, Self.signOutPath, access: .open(reason: "ends the caller's own session, also an expired one"),
                maximumBodyBytes: Self.longestForm, isPage: true, handler: signOut),
            Route(
                .post, "/api/auth/guest/logout", access: .open(reason: "ends the caller's own session"),
                maximumBodyBytes: Self.longestForm, handler: logOut),
        ]
    }

    /// Always a new session: the one that came with the request ends, so none can be planted beforehand.
    private func signInAsGuest(_ request: PortalRequest) async throws -> PortalResponse {
        try refuseForeign(request)
        let target = try returnPath(request)
        let user = try await guest.user(for: request.headers)
        if let old = cookie.value(in: request.headers) { try await sessions.end(cookie: old) }
        let value = try await sessions.start(for: user)
        return Self.unstored(.redirect(target), cookie.set(value))
    }

    private func signOut(_ request: PortalRequest) async throws -> PortalResponse {
        try refuseForeign(request)
        let target = try returnPath(request)
        try await endSession(of: request)
        return Self.forgetting(.redirect(target), cookie.clear())
    }

    private func logOut(_ request: PortalRequest) async throws -> PortalResponse {
        guard AuthAPI.isScripted(request) else {
            throw PortalError(.authentication, "Invalid X-Requested-With header")
        }
        try refuseForeign(request)
        try await endSession(of: request)
        return Self.forgetting(PortalResponse(), cookie.clear())
    }

    private func endSession(of request: PortalRequest) async throws {
        guard let value = cookie.value(in: request.headers) else { return }
        let user = try await sessions.user(ofCookie: value)
        try await sessions.end(cookie: value)
        // What belongs to the session alone nobody can reach any more.
        if let user, case .session = user.settingsOwner { await forget(user) }
    }

    /// Browsers keep pages to ask whether they are still right, and show them unasked on the way back: with the session
    /// they go too. Settings of the look stay, which are a cookie.
    private static func forgetting(_ response: PortalResponse, _ field: HTTPField) -> PortalResponse {
        var response = unstored(response, field)
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cache\"" }
        return response
    }

    private func refuseForeign(_ request: PortalRequest) throws {
        guard origin.maySubmit(request.headers) else {
            throw PortalError(
                .notAllowed,
                "This form was sent from another site. If it was not, set app.baseUrl to the address in the browser.")
        }
    }

    /// Never a page of signing in itself, which would ask again.
    private func returnPath(_ request: PortalRequest) throws -> String {
        let target = SafeURL.local(try request.form["return"] ?? request.query["return"]).text
        let path = target.prefix { $0 != "?" && $0 != "#" }
        let asksAgain = ["/sign-in", "/sign-out"].contains { path == $0 || path.hasPrefix("\($0)/") }
        return asksAgain || target.utf8.count > Self.longestTarget ? "/" : target
    }

    private static func unstored(_ response: PortalResponse, _ field: HTTPField) -> PortalResponse {
        var response = response
        response.headers.append(field)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
