import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// What an operator does with a new portal, each with whether it is done; shown until all is, or it is hidden.
struct FirstSteps: Sendable {
    let registry: ServiceHandle<PluginRegistry>
    let catalog: ServiceHandle<any CatalogService>
    let settings: ServiceHandle<any UserSettingsService>
    let operators: Operators
    let storage: Storage

    /// Where the portal keeps what it stores.
    enum Storage: Sendable, Hashable { case memory, folder(String), server }

    static let hidden = SettingName(bucket: "callboard.home", key: "first-steps")
    static let action: SafeURL = "/layout/first-steps"

    var contributions: [any Contribution] {
        [
            HomeWidget(
                "first-steps", title: { $0.essentials.firstSteps }, width: .columns(8, within: 6...12), rank: 0,
                isFor: { [operators] in operators.contains($0) }, content: content),
            APIRoutes([Route(.post, Self.action.text, access: .authenticated, isPage: true, handler: hide)]),
        ]
    }

    private func content(_ context: ViewContext) async throws -> HTML? {
        guard let user = context.user,
            try await Outage.orElse("hidden", { try await settings.service.value(Self.hidden, of: user.settingsOwner) })
                == nil
        else { return nil }
        let items = try await items(context)
        // Nobody can do what this version does not have, so the list does not wait for it.
        let (signIn, others) = (items[0], items.dropFirst())
        if others.allSatisfy(\.isDone), try signIn.isDone || ways.isEmpty { return nil }
        return HTML { h in
            h.add(Card.quiet(context.words.firstStepsText))
            h.add(Checklist.html(items, context.interface))
            h.add(ActionRow.html(Button.form(context.words.hideFirstSteps, to: Self.action)))
        }
    }

    private func items(_ context: ViewContext) async throws -> [Checklist.Item] {
        let words = context.words
        let ways = try ways
        let hasSignIn = ways.contains(where: \.isAvailable)
        let noSignIn = ways.isEmpty ? words.noOtherSignIn : words.signInClosed
        let hasLocation = try await has(.oneOf(key: "kind", values: ["location"]), context)
        let hasEntities = try await has(.not(.oneOf(key: "kind", values: ["location"])), context)
        let hasPeople = try await has(.oneOf(key: "kind", values: ["group"]), context)
        return [
            .init(
                words.signInStep, hasSignIn ? words.signInDone : noSignIn, isDone: hasSignIn,
                link: (words.showProviders, "/settings/auth-providers")),
            .init(
                words.locationStep, hasLocation ? words.locationDone : words.locationOpen, isDone: hasLocation,
                link: (words.register, "/catalog-import")),
            .init(
                words.entitiesStep, hasEntities ? words.entitiesDone : words.entitiesOpen, isDone: hasEntities,
                link: (words.openCatalog, "/catalog")),
            .init(
                words.peopleStep, hasPeople ? words.peopleDone : words.peopleOpen, isDone: hasPeople,
                link: (words.register, "/catalog-import")),
            .init(
                words.databaseStep, database(words), isDone: storage != .memory,
                link: (words.whatToDo, "/help")),
        ]
    }

    /// To sign in beside that of guests.
    private var ways: [SignInProvider] {
        get throws { try registry.service.all(SignInProvider.self).filter { $0.id != "guest" } }
    }

    private func database(_ words: any EssentialsWords) -> String {
        switch storage {
        case .memory: words.databaseOpen
        case .folder(let folder): words.databaseIsFile(folder)
        case .server: words.databaseIsServer
        }
    }

    private func has(_ predicate: EntityPredicate, _ context: ViewContext) async throws -> Bool {
        try await !catalog.service.entities(predicate, limit: 1, as: context.principal).isEmpty
    }

    private func hide(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        try await request.refusing(on: "/", { $0.interface.tooMuchKept }) {
            try await settings.service.write("hidden", as: Self.hidden, of: user.settingsOwner)
        }
        return .redirect("/")
    }
}
