import PortalKit

/// What the pages of the server itself say: errors and help. Each language is one value.
protocol ServerWords: Sendable {
    func title(of kind: PortalError.Kind) -> String
    var ownFault: String { get }
    var mayHaveMoved: String { get }
    var searchFindsIt: String { get }
    var canBeGranted: String { get }
    var tryInAMoment: String { get }
    var tryAgain: String { get }
    var goToCatalog: String { get }
    var signIn: String { get }
    var signedOutMeanwhile: String { get }
    var signOut: String { get }
    var signOutQuestion: String { get }
    var signOutText: String { get }
    var guestSignOutText: String { get }
    var staySignedIn: String { get }
    var nothingIsKept: String { get }

    var help: String { get }
    var support: String { get }
    var noSupport: String { get }
    var askHere: String { get }
    var keys: String { get }
    var key: String { get }
    var meaning: String { get }
    var keysAreOff: String { get }
    var keysNeedScripts: String { get }
    func meaning(of key: HelpPage.Key) -> String
    func goTo(_ title: String) -> String
    var program: String { get }
    func version(_ version: String) -> String
}

extension Language {
    var server: any ServerWords {
        switch self {
        case .english: EnglishServer()
        case .german: GermanServer()
        }
    }
}
