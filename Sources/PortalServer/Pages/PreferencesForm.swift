import HTTPTypes
import PortalKit
import PortalUI

extension PageRoutes {
    private static let longestAge = 31_536_000

    /// `POST /settings/view`: what the form names is changed, the rest stays as it was.
    func setPreferences(_ request: PortalRequest) async throws -> PortalResponse {
        let back = SafeURL.local(try request.form["return"])
        let preferences = try await request.refusing(on: back, { $0.interface.formNotUnderstood }) {
            try Self.preferences(request)
        }
        var response = PortalResponse.redirect(back.text)
        let value = preferences.text
        response.headers[.setCookie] =
            "\(ViewPreferences.cookieName)=\(value); Path=/; Max-Age=\(value.isEmpty ? 0 : Self.longestAge); "
            + "HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
        return response
    }

    private static func preferences(_ request: PortalRequest) throws -> ViewPreferences {
        let form = try request.form
        var preferences = ViewPreferences(of: request.headers)
        if let theme: ViewPreferences.Theme = try choice("theme", form) { preferences.theme = theme }
        if let density: ViewPreferences.Density = try choice("density", form) { preferences.density = density }
        if let size: ViewPreferences.TextSize = try choice("text", form) { preferences.textSize = size }
        if let keys: Switch = try choice("keys", form) { preferences.hasKeys = keys == .on }
        if form["language"] == browser {
            preferences.language = nil
        } else if let language: Language = try choice("language", form) {
            preferences.language = language
        }
        return preferences
    }

    private enum Switch: String, CaseIterable { case on, off }

    /// Follows what the browser says.
    private static let browser = "auto"

    /// - Throws: `PortalError` of kind `input` for a word that is none of the choices.
    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ form: QueryParameters
    ) throws -> Choice? {
        guard let word = form[name], !word.isEmpty else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw PortalError(.input, "The field \(name) must be one of \(words)")
        }
        return choice
    }
}
