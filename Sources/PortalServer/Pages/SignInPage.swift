import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    /// `/sign-in`: the ways that plugins offer.
    func signInPage(_ request: PortalRequest) async throws -> PortalResponse {
        let reader = await reader(request)
        let words = reader.language.interface
        let ways: [SignInSheet.Way] = signIn.compactMap { provider in
            let title = words.wayToSignIn(provider.id) ?? provider.title
            if let reason = provider.unavailableReason { return .closed(title: title, reason: reason) }
            return SafeURL(provider.startPath).map {
                .open(title: title, method: provider.method.rawValue.lowercased(), url: $0)
            }
        }
        let html = SignInSheet.html(
            portal: shell.frame.title, ways, target: request.query["return"] ?? "/", words)
        var response = PortalResponse.html(shell.lone(reader.language.server.signIn, html, for: reader))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
