import EntityModel
import PortalKit
import PortalUI

/// `/settings/auth-providers`: how somebody is signed in, and which ways there are.
struct ProviderSettings: Sendable {
    let providers: [SignInProvider]
    let context: ViewContext

    private static let signOutQuestion: SafeURL = "/sign-out?return=/settings/auth-providers"

    private var words: any EssentialsWords { context.words }

    var content: PageContent {
        SettingsFrame.content(
            .providers, context,
            HTML { h in
                h.add(
                    Card.html(
                        words.signedIn,
                        content: HTML { h in
                            h.add(Card.text(words.signedInAs(who)))
                            if case .session? = context.user?.settingsOwner {
                                h.add(Card.quiet(words.sharedGuest))
                                h.add(ActionRow.html(Button.link(context.interface.signOutAsks, Self.signOutQuestion)))
                            } else {
                                h.add(ActionRow.html(Button.form(context.interface.signOut, to: "/sign-out")))
                            }
                        }))
                h.add(Card.html(words.waysToSignIn, content: ways))
            })
    }

    private var who: String {
        switch context.principal {
        case .user(let user): user.userEntityRef
        case .service(let service): service.subject
        case .none: "–"
        }
    }

    private var ways: HTML {
        if providers.isEmpty { return Card.quiet(words.noWays) }
        return Table.html(
            words.waysToSignIn, [.init(words.way, width: .whole), .init(words.state, width: .wide)],
            rows: providers.map { provider in
                .init([
                    HTML { $0.text(provider.title) },
                    HTML { $0.text(provider.unavailableReason ?? words.available) },
                ])
            }, context.interface)
    }
}
