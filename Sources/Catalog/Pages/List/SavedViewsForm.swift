import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `POST /catalog/views`: keeps a view, or forgets one; of a group's views only for those who are in it.
struct SavedViewsForm: Sendable {
    let settings: ServiceHandle<any UserSettingsService>

    static let url: SafeURL = "/catalog/views"
    /// The part of the page in which views are saved.
    static let popover = "views"
    static let keptParameter = "kept"
    static let removedParameter = "removed"
    private static let longestForm = 16 << 10

    var routes: [Route] {
        [
            Route(
                .post, Self.url.text, access: .authenticated, maximumBodyBytes: Self.longestForm, isPage: true,
                handler: change),
            // Whoever presses Enter in the address bar after a refusal.
            Route(.get, Self.url.text, access: .authenticated, isPage: true) { _ in .redirect("/catalog") },
        ]
    }

    private func change(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let form = try request.form
        let page = SavedView(name: "", query: CatalogFilters(QueryParameters(form["query"] ?? "")).query).url
        do {
            let group = try Self.group(form["group"], of: user)
            let owner = try group.map { try user.settingsOwner(of: $0) } ?? user.settingsOwner
            let view = try await request.refusing(on: page, { $0.interface.tooMuchKept }) {
                try await change(form, owner, group)
            }
            let parameter = view == nil ? Self.removedParameter : Self.keptParameter
            return .redirect(Self.telling(view?.url ?? page, parameter, view?.name ?? form["remove"] ?? ""))
        } catch let problem as SavedView.Problem {
            throw Self.refusal(problem, request, form, page)
        }
    }

    private static func telling(_ url: SafeURL, _ parameter: String, _ name: String) -> String {
        "\(url.text)\(url.text.contains("?") ? "&" : "?")\(parameter)=\(PercentCoding.encode(name))"
    }

    /// - Returns: nil for the person alone.
    private static func group(_ text: String?, of user: UserPrincipal) throws(SavedView.Problem) -> EntityReference? {
        guard let text, !text.isEmpty else { return nil }
        let named = try? EntityReference(parsing: text)
        guard let named, user.settingsGroups.contains(named) else {
            throw .foreign(group: named?.name ?? String(text.prefix(SavedView.longestName)))
        }
        return named
    }

    /// - Returns: the view that is kept; nil where one was forgotten.
    private func change(
        _ form: QueryParameters, _ owner: SettingsOwner, _ group: EntityReference?
    ) async throws -> SavedView? {
        if let gone = form["remove"] {
            let isSure = group == nil || form["sure"] != nil
            try await update(owner, group) { views in
                let name = String(gone.prefix(SavedView.longestName))
                let rest = views.filter { $0.name != gone }
                if rest.count == views.count { throw SavedView.Problem.missing(name, group: group?.name) }
                if let group, !isSure { throw SavedView.Problem.shared(name, group: group.name) }
                return rest
            }
            return nil
        }
        let view = try SavedView.checked(form["name"], form["query"], for: group)
        let replaces = form["replace"] != nil
        try await update(owner, group) { try view.added(to: $0, replaces: replaces) }
        return view
    }

    private func update(
        _ owner: SettingsOwner, _ group: EntityReference?,
        _ change: @escaping @Sendable ([SavedView]) throws -> [SavedView]
    ) async throws {
        _ = try await settings.service.update(SavedView.name, of: owner) { value in
            SavedView.json(try change(SavedView.all(value, of: group)))
        }
    }

    /// The way on is a button beside the reason: to replace the other view, or to open the field for another name.
    private static func refusal(
        _ problem: SavedView.Problem, _ request: PortalRequest, _ form: QueryParameters, _ page: SafeURL
    ) -> FormRefusal {
        var kind = PortalError.Kind.input
        var isReplaceable = false
        switch problem {
        case .exists: (kind, isReplaceable) = (.conflict, true)
        case .shared(let name, let group): return sharedRemoval(of: name, group, request, form, page, problem)
        case .foreign: kind = .notAllowed
        case .missing: return FormRefusal(request, on: page, kind: .notFound) { $0.catalog.problem(problem) }
        case .noName, .longName, .longQuery, .tooMany: break
        }
        let fields = ["name", "query", "group"].map { ($0, form[$0] ?? "") } + [("replace", "1")]
        return FormRefusal(
            request, on: page, kind: kind,
            remedy: { [isReplaceable] language in
                ActionRow.html(
                    HTML { h in
                        if isReplaceable { h.add(Button.form(language.catalog.replaceView, to: url, fields: fields)) }
                        h.add(Popover.opener(of: popover, language.catalog.otherName))
                    })
            }, { $0.catalog.problem(problem) })
    }

    /// What others use is removed by whoever says so twice.
    private static func sharedRemoval(
        of name: String, _ group: String, _ request: PortalRequest, _ form: QueryParameters, _ page: SafeURL,
        _ problem: SavedView.Problem
    ) -> FormRefusal {
        let fields = ["remove", "query", "group"].map { ($0, form[$0] ?? "") } + [("sure", "1")]
        return FormRefusal(
            request, on: page, kind: .conflict,
            remedy: { language in
                ActionRow.html(Button.form(language.catalog.removeView(name, of: group), to: url, fields: fields))
            }, { $0.catalog.problem(problem) })
    }
}
