import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    /// A form was sent by somebody who was signed out, and nothing was done.
    static let undoneParameter = "undone"

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
        let note = request.query[Self.undoneParameter] == nil ? nil : reader.language.server.signedOutMeanwhile
        let html = SignInSheet.html(
            portal: shell.frame.title, ways, target: SafeURL.local(request.query["return"]).text, note: note, words)
        var response = PortalResponse.html(shell.lone(reader.language.server.signIn, html, for: reader))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
