import PortalKit
import PortalUI

extension PageRoutes {
    /// `/sign-out`: asks before somebody signs out, and tells guests what goes with it.
    var signOutPage: Page {
        Page("sign-out", path: "/sign-out", isNoted: false) { request, context in
            let words = context.language.server
            var isGuest = false
            if case .session = context.user?.settingsOwner { isGuest = true }
            return PageContent(
                words.signOut,
                html: HTML { h in
                    h.add(PageHead.html(words.signOutQuestion))
                    h.add(Note.text(isGuest ? .warn : .info, nil, isGuest ? words.guestSignOutText : words.signOutText))
                    h.add(
                        ActionRow.html(
                            HTML { h in
                                h.add(Button.form(words.signOut, to: "/sign-out", isMain: true))
                                h.add(Button.link(words.staySignedIn, .local(request.query["return"])))
                            }))
                })
        }
    }
}
