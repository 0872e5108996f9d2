import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    /// `/sign-in`: the ways that plugins offer.
    func signInPage(_ request: PortalRequest) async throws -> PortalResponse {
        let ways: [SignInSheet.Way] = signIn.compactMap { provider in
            if let reason = provider.unavailableReason { return .closed(title: provider.title, reason: reason) }
            return SafeURL(provider.startPath).map {
                .open(title: provider.title, method: provider.method.rawValue.lowercased(), url: $0)
            }
        }
        let html = SignInSheet.html(portal: shell.title, ways, target: request.query["return"] ?? "/")
        var response = PortalResponse.html(shell.lone("Sign in", html, for: await reader(request)))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
