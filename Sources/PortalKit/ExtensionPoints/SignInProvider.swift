/// A way to sign in, as the sign-in page offers it.
///
/// ```swift
/// SignInProvider("guest", title: "Guest", startPath: "/sign-in/guest", method: .post)
/// ```
public struct SignInProvider: Contribution {
    /// How the page starts the sign-in: by a form or by following a link.
    public enum Method: String, Sendable { case post, get }

    /// The id under `auth.providers`.
    public let id: String
    public let title: String
    /// A path of this portal; takes the page to return to as `return`, a query parameter or form field.
    public let startPath: String
    public let method: Method
    /// Why nobody can sign in this way now, for people; nil where they can.
    public let unavailableReason: String?

    public var isAvailable: Bool { unavailableReason == nil }

    public init(
        _ id: String, title: String, startPath: String, method: Method = .get, unavailableReason: String? = nil
    ) {
        self.id = id
        self.title = title
        self.startPath = startPath
        self.method = method
        self.unavailableReason = unavailableReason
    }
}
