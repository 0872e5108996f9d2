import EntityModel
import PortalKit
import PortalUI

/// `/settings`: how pages look, who somebody is, and what is kept of them.
struct GeneralSettings: Sendable {
    /// Nil for programs.
    let identity: IdentityCard?
    /// How many settings are kept.
    let kept: Int
    let wasDeleted: Bool
    let context: ViewContext

    private static let view: SafeURL = "/settings/view"

    private var words: any EssentialsWords { context.words }

    var content: PageContent {
        SettingsFrame.content(
            .general, context,
            HTML { h in
                if wasDeleted { h.add(Note.text(.info, nil, words.wasDeleted)) }
                h.add(
                    Columns.wide(
                        appearance,
                        HTML { h in
                            if let identity {
                                h.add(identity.html)
                                h.add(data)
                            } else {
                                h.add(Card.html(words.identity, content: Card.quiet(words.isProgram)))
                            }
                        }))
            })
    }

    private var appearance: HTML {
        let preferences = context.preferences
        let rows: [SettingRows.Row] = [
            row(words.theme, "", "theme", preferences.theme) { words.theme($0) },
            row(words.density, words.densityText, "density", preferences.density) { words.density($0) },
            row(words.textSize, "", "text", preferences.textSize) { words.textSize($0) },
            .init(
                words.keys, words.keysText,
                control: control(
                    words.keys, "keys",
                    [
                        .init("on", words.on, isChosen: preferences.hasKeys),
                        .init("off", words.off, isChosen: !preferences.hasKeys),
                    ])),
            .init(
                words.language,
                control: control(
                    words.language, "language",
                    [.init("auto", words.browsersLanguage, isChosen: preferences.language == nil)]
                        + Language.allCases.map {
                            .init($0.rawValue, $0.name, isChosen: preferences.language == $0)
                        })),
        ]
        return Card.html(
            words.appearance,
            content: HTML { h in
                h.add(Card.quiet(words.appearanceText))
                h.add(SettingRows.html(rows))
            })
    }

    private func row<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
        _ title: String, _ help: String, _ name: String, _ chosen: Choice, _ word: (Choice) -> String
    ) -> SettingRows.Row {
        .init(
            title, help,
            control: control(
                title, name, Choice.allCases.map { .init($0.rawValue, word($0), isChosen: $0 == chosen) }))
    }

    private func control(_ title: String, _ name: String, _ choices: [Segments.Choice]) -> HTML {
        Segments.html(
            title, name: name, to: Self.view, fields: [("return", SettingsFrame.url.text)], choices)
    }

    private var data: HTML {
        Card.html(
            words.data,
            content: HTML { h in
                h.add(Card.text(words.dataText(kept)))
                if kept > 0 {
                    h.add(
                        ActionRow.html(
                            HTML { h in
                                h.add(Button.link(words.export, OwnData.exportURL))
                                h.add(Button.link(words.deleteAll, OwnData.deletionURL))
                            }))
                }
            })
    }
}

/// Who somebody is to the portal.
struct IdentityCard: Sendable {
    let user: UserPrincipal
    /// What the catalog has of the person.
    let profile: Entity?
    /// Beside the person, whose ownership counts as theirs; the title is nil where the catalog has none.
    let groups: [(reference: EntityReference, title: String?)]
    let context: ViewContext

    private static let mostGroups = 100

    static func load(
        _ user: UserPrincipal, _ catalog: any CatalogService, _ context: ViewContext
    ) async throws -> IdentityCard {
        var profile: Entity?
        if let reference = try? EntityReference(parsing: user.userEntityRef) {
            profile = try await catalog.listed([reference], as: context.principal)[reference]
        }
        var groups: [(reference: EntityReference, title: String?)] = []
        let references = user.ownershipEntityRefs.prefix(mostGroups).filter { $0 != user.userEntityRef }
            .compactMap { try? EntityReference(parsing: $0) }
        let known = try await catalog.listed(references, as: context.principal)
        for reference in references { groups.append((reference, known[reference].map(EntityName.title))) }
        return IdentityCard(user: user, profile: profile, groups: groups, context: context)
    }

    var html: HTML {
        let words = context.words
        var pairs: [(name: String, value: HTML)] = []
        if let profile {
            let title = EntityName.title(of: profile)
            pairs.append((words.name, EntityLink.html(profile.reference, title: title, context.interface)))
        }
        pairs.append((words.user, Code.copied(user.userEntityRef, context.interface)))
        if let mail = profile?.spec["profile"]?["email"]?.string { pairs.append((words.mail, HTML { $0.text(mail) })) }
        if !groups.isEmpty { pairs.append((words.ownsAs, links)) }
        return Card.html(
            words.identity,
            content: HTML { h in
                h.add(Pairs.html(pairs))
                if profile == nil { h.add(Card.quiet(words.userIsNotInCatalog)) }
                if case .session = user.settingsOwner { h.add(Card.quiet(words.sharedGuest)) }
            })
    }

    private var links: HTML {
        HTML { h in
            for (number, group) in groups.enumerated() {
                if number > 0 { h.text(", ") }
                h.add(
                    EntityLink.html(
                        group.reference, title: group.title, exists: group.title != nil, context.interface))
            }
        }
    }
}
