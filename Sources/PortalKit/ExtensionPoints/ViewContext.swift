public import Foundation

/// For whom, when and in which language something is drawn.
public struct ViewContext: Sendable {
    public let principal: Principal
    /// The time that relative times count from.
    public let now: Date
    /// Names the request in errors that people are shown.
    public let requestID: String
    /// What the interface speaks.
    public let language: Language
    public let preferences: ViewPreferences
    /// The form that was sent from this page and cannot be taken: the page keeps what was typed. Why stands above it.
    public let refusal: FormRefusal?

    public init(
        principal: Principal, now: Date, requestID: String = "", language: Language = .english,
        preferences: ViewPreferences = ViewPreferences(), refusal: FormRefusal? = nil
    ) {
        self.principal = principal
        self.now = now
        self.requestID = requestID
        self.language = language
        self.preferences = preferences
        self.refusal = refusal
    }

    /// Whoever is signed in as a person; nil for programs and for nobody.
    public var user: UserPrincipal? { if case .user(let user) = principal { user } else { nil } }
}
