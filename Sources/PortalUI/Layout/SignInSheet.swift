public import PortalKit

/// The page on which people say who they are.
public enum SignInSheet {
    /// One way to sign in.
    public enum Way: Sendable {
        /// A button that starts it.
        case open(title: String, method: String, url: SafeURL)
        /// Why it cannot be taken now.
        case closed(title: String, reason: String)
    }

    /// - Parameters:
    ///   - portal: the portal's name.
    ///   - target: where people go afterwards.
    ///   - note: what they should know before.
    public static func html(
        portal: String, _ ways: [Way], target: String, note: String? = nil, _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.h1, text: words.signIn(to: portal))
            if let note { h.add(Note.text(.warn, nil, note)) }
            h(.p, text: words.portalInASentence)
            h(.div, .class("ways")) {
                for (number, way) in ways.enumerated() {
                    switch way {
                    case .open(let title, let method, let url):
                        h.add(
                            Button.form(
                                words.signIn(as: title), to: url, method: method, isMain: number == 0,
                                fields: [("return", target)]))
                    case .closed(let title, let reason): h.add(Note.text(.warn, title, reason))
                    }
                }
            }
            if ways.isEmpty {
                h.add(
                    Note.text(
                        .warn, words.nobodyCanSignIn, words.addWayToSignIn))
            }
        }
    }
}
