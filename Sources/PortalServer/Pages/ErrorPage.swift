import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    /// What people see instead of a page; those who are not signed in are led to signing in and back.
    func errorPage(_ error: PortalError, _ request: PortalRequest) async -> PortalResponse {
        // A page that the browser kept asks by HEAD whether it may still be shown.
        if error.kind == .authentication, [.get, .head].contains(request.method) {
            let target = PercentCoding.encode(request.target)
            return .redirect("\(Self.signInPath)?return=\(target)", status: .seeOther)
        }
        if error.kind == .authentication, let page = Self.page(thatSent: request) {
            let target = PercentCoding.encode(page)
            return .redirect("\(Self.signInPath)?return=\(target)&\(Self.undoneParameter)=1", status: .seeOther)
        }
        let reader = await reader(request)
        let words = reader.language.server
        let title = words.title(of: error.kind)
        let isSignedIn = request.principal != .none
        let panel = ErrorPanel.html(
            title, code: error.kind.statusCode, message: Self.sentence(error, words),
            content: Self.advice(for: error.kind, isSignedIn: isSignedIn, words),
            actions: Self.ways(error, request, isSignedIn: isSignedIn, words),
            // The log has the others without a number, or not at all.
            requestID: error.kind.statusCode >= 500 ? request.id : "", reader.language.interface)
        let html =
            isSignedIn
            ? shell.html(PageContent(title, html: panel), current: nil, for: reader)
            : shell.lone(title, panel, for: reader)
        var response = PortalResponse.html(html, status: HTTPResponse.Status(code: error.kind.statusCode))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The page of this portal that a form stood on whose sender is signed out: what was sent is not read, but browsers
    /// say where it stood. Forms of other sites have none.
    private static func page(thatSent request: PortalRequest) -> String? {
        guard request.method == .post, let host = host.flatMap({ request.headers[$0] }),
            let referer = referer.flatMap({ request.headers[$0] })
        else { return nil }
        for start in ["https://\(host)/", "http://\(host)/"] where referer.hasPrefix(start) {
            return SafeURL(local: String(referer.dropFirst(start.count - 1)))?.text
        }
        return nil
    }

    private static let host = HTTPField.Name("Host")
    private static let referer = HTTPField.Name("Referer")

    /// What went wrong by no fault of the address may go right next time.
    private static func ways(_ error: PortalError, _ request: PortalRequest, isSignedIn: Bool, _ words: any ServerWords)
        -> HTML
    {
        let mayPass = [.internal, .unavailable].contains(error.kind) && request.method == .get
        let again = mayPass ? SafeURL(local: request.target) : nil
        return HTML { h in
            if let again { h.add(Button.link(words.tryAgain, again, isMain: true)) }
            h.add(
                isSignedIn
                    ? Button.link(words.goToCatalog, "/catalog", isMain: again == nil)
                    : Button.link(words.signIn, "/sign-in", isMain: again == nil))
        }
    }

    /// Messages of the API may end without a full stop; what refuses credentials says the same everywhere.
    private static func sentence(_ error: PortalError, _ words: any ServerWords) -> String {
        // The title has said it, and the number stands below, where it can be copied.
        if error.kind == .internal { return words.ownFault }
        if error.kind == .authentication || error.message.last?.isPunctuation != false { return error.message }
        return "\(error.message)."
    }

    private static func advice(
        for kind: PortalError.Kind, isSignedIn: Bool, _ words: any ServerWords
    ) -> HTML {
        switch kind {
        case .notFound: Card.quiet(isSignedIn ? "\(words.mayHaveMoved) \(words.searchFindsIt)" : words.mayHaveMoved)
        case .notAllowed where isSignedIn: Card.quiet(words.canBeGranted)
        case .unavailable: Card.quiet(words.tryInAMoment)
        default: .empty
        }
    }
}
