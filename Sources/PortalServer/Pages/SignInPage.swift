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
        let reader = await reader(request)
        let html = SignInSheet.html(
            portal: shell.frame.title, ways, target: request.query["return"] ?? "/", reader.language.interface)
        var response = PortalResponse.html(shell.lone(reader.language.server.signIn, html, for: reader))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
