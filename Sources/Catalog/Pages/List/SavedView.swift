import EntityModel
import HTTPTypes
import PortalKit

/// Filters, columns and order of the list under a name that somebody gave them.
struct SavedView: Sendable, Hashable {
    let name: String
    /// What the address says behind the question mark.
    let query: String

    static let name = SettingName(bucket: "callboard", key: "catalog.views")
    static let most = 50
    static let longestName = 60
    private static let longestQuery = 4_000

    var url: SafeURL { SafeURL("/catalog?\(query)") ?? "/catalog" }

    static func all(_ value: JSONValue?) -> [SavedView] {
        (value?.array ?? []).prefix(most).compactMap { entry in
            guard let name = entry["name"]?.string, let query = entry["query"]?.string else { return nil }
            return SavedView(name: name, query: query)
        }
    }

    static func json(_ views: [SavedView]) -> JSONValue {
        .array(views.map { ["name": .string($0.name), "query": .string($0.query)] })
    }

    /// - Throws: `PortalError` of kind `input` that says what is wrong.
    static func checked(_ name: String?, _ query: String?) throws -> SavedView {
        let name = (name ?? "").trimmed
        guard !name.isEmpty else { throw PortalError(.input, "A view needs a name") }
        guard name.count <= longestName else {
            throw PortalError(.input, "The name of a view has at most \(longestName) characters")
        }
        let text = query ?? ""
        guard text.utf8.count <= longestQuery else {
            throw PortalError(.input, "These filters are too many to be kept as a view")
        }
        // Only what the list understands is kept.
        return SavedView(name: name, query: CatalogFilters(QueryParameters(text)).query)
    }
}

/// `POST /catalog/views`: keeps a view, or forgets one.
struct SavedViewsForm: Sendable {
    let settings: ServiceHandle<any UserSettingsService>

    private static let longestForm = 16 << 10

    var route: Route {
        Route(
            .post, "/catalog/views", access: .authenticated, maximumBodyBytes: Self.longestForm, isPage: true,
            handler: change)
    }

    private func change(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let form = try request.form
        if let gone = form["remove"] {
            try await update(user) { $0.filter { $0.name != gone } }
            return .redirect(
                SavedView(name: "", query: CatalogFilters(QueryParameters(form["query"] ?? "")).query).url.text)
        }
        let view = try SavedView.checked(form["name"], form["query"])
        try await update(user) { views in
            let others = views.filter { $0.name != view.name }
            guard others.count < SavedView.most else {
                throw PortalError(.input, "There are \(SavedView.most) views already; remove one first")
            }
            return others + [view]
        }
        return .redirect(view.url.text)
    }

    private func update(
        _ user: UserPrincipal, _ change: @escaping @Sendable ([SavedView]) throws -> [SavedView]
    ) async throws {
        _ = try await settings.service.update(SavedView.name, of: user.settingsOwner) { value in
            SavedView.json(try change(SavedView.all(value)))
        }
    }
}
