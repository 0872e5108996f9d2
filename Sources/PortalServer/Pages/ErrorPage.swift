import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    /// What people see instead of a page; those who are not signed in are led to signing in and back.
    func errorPage(_ error: PortalError, _ request: PortalRequest) async -> PortalResponse {
        if error.kind == .authentication, request.method == .get {
            let target = PercentCoding.encode(request.target)
            return .redirect("\(Self.signInPath)?return=\(target)", status: .seeOther)
        }
        let title = Self.title(of: error.kind)
        let isSignedIn = request.principal != .none
        let panel = ErrorPanel.html(
            title, code: error.kind.statusCode, message: Self.sentence(error),
            content: Self.advice(for: error.kind, isSignedIn: isSignedIn),
            actions: Self.ways(error, request, isSignedIn: isSignedIn),
            // The log has the others without a number, or not at all.
            requestID: error.kind.statusCode >= 500 ? request.id : "")
        let reader = await reader(request)
        let html =
            isSignedIn
            ? shell.html(PageContent(title, html: panel), current: nil, for: reader)
            : shell.lone(title, panel, for: reader)
        var response = PortalResponse.html(html, status: HTTPResponse.Status(code: error.kind.statusCode))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// What went wrong by no fault of the address may go right next time.
    private static func ways(_ error: PortalError, _ request: PortalRequest, isSignedIn: Bool) -> HTML {
        let mayPass = [.internal, .unavailable].contains(error.kind) && request.method == .get
        let again = mayPass ? SafeURL(request.target).flatMap { $0.isLocal ? $0 : nil } : nil
        return HTML { h in
            if let again { h.add(Button.link("Try again", again, isMain: true)) }
            h.add(
                isSignedIn
                    ? Button.link("Go to the catalog", "/catalog", isMain: again == nil)
                    : Button.link("Sign in", "/sign-in", isMain: again == nil))
        }
    }

    /// Messages of the API may end without a full stop; what refuses credentials says the same everywhere.
    private static func sentence(_ error: PortalError) -> String {
        // The title has said it, and the number stands below, where it can be copied.
        if error.kind == .internal { return "This is a fault of the portal, not of what you asked for. It is logged." }
        if error.kind == .authentication || error.message.last?.isPunctuation != false { return error.message }
        return "\(error.message)."
    }

    private static func title(of kind: PortalError.Kind) -> String {
        switch kind {
        case .notFound: "Not found"
        case .notAllowed: "Not allowed"
        case .authentication: "Signed out"
        case .conflict: "Something changed meanwhile"
        case .unavailable: "Not available now"
        case .input, .tooLarge, .methodNotAllowed, .notImplemented, .requestTimeout: "This request cannot be answered"
        case .internal, .notModified: "Something went wrong"
        }
    }

    private static func advice(for kind: PortalError.Kind, isSignedIn: Bool) -> HTML {
        switch kind {
        case .notFound:
            Card.quiet(
                "The address may be mistyped, or what was here may have moved."
                    + (isSignedIn ? " Search finds it by name." : ""))
        case .notAllowed where isSignedIn: Card.quiet("Whoever runs this portal can grant the permission.")
        case .unavailable: Card.quiet("Try again in a moment.")
        default: .empty
        }
    }
}
