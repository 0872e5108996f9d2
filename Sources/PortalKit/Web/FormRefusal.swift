/// Why a form cannot be taken, for the person who sent it and in their language.
///
/// Thrown by the handler of a form, it is answered by the page that the form stands on, with the status of the error:
/// above its content the reason, and at the fields what was typed. Nothing may have been changed by then.
///
///     throw FormRefusal(request, on: "/releases", field: "name") { $0.releases.nameIsTaken }
public struct FormRefusal: Error, Sendable {
    public let kind: PortalError.Kind
    /// Where the form was sent to; tells the forms of a page apart.
    public let action: String
    /// The page that the form stands on.
    public let page: SafeURL
    /// The field that is wrong, by its name, where one is and the page shows it.
    public let field: String?
    /// What was sent.
    public let form: QueryParameters
    public let reason: @Sendable (Language) -> String
    /// What the person may do now, such as a button that goes on all the same.
    public let remedy: @Sendable (Language) -> HTML

    public init(
        _ request: PortalRequest, on page: SafeURL, field: String? = nil, kind: PortalError.Kind = .input,
        remedy: @escaping @Sendable (Language) -> HTML = { _ in .empty },
        _ reason: @escaping @Sendable (Language) -> String
    ) {
        self.kind = kind
        action = String(request.target.prefix { $0 != "?" })
        self.page = page
        self.field = field
        form = (try? request.form) ?? QueryParameters("")
        self.remedy = remedy
        self.reason = reason
    }
}

extension PortalRequest {
    /// Kinds of errors that are about what was sent.
    private static let refusals: Set<PortalError.Kind> = [.input, .tooLarge, .conflict, .notFound]

    /// Does what a form asks for. A `PortalError` that is about what was sent becomes a refusal with a reason in the
    /// reader's language; what else goes wrong is no fault of the form.
    public func refusing<Result>(
        on page: SafeURL, _ reason: @escaping @Sendable (Language) -> String, _ work: () async throws -> Result
    ) async throws -> Result {
        do { return try await work() } catch let error as PortalError where Self.refusals.contains(error.kind) {
            throw FormRefusal(self, on: page, kind: error.kind, reason)
        }
    }
}
