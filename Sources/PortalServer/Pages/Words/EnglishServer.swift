import PortalKit

struct EnglishServer: ServerWords {
    func title(of kind: PortalError.Kind) -> String {
        switch kind {
        case .notFound: "Not found"
        case .notAllowed: "Not allowed"
        case .authentication: "Signed out"
        case .conflict: "Something changed meanwhile"
        case .unavailable: "Not available now"
        case .input, .tooLarge, .methodNotAllowed, .notImplemented, .requestTimeout: "This request cannot be answered"
        case .internal, .notModified: "Something went wrong"
        }
    }
    let ownFault = "This is a fault of the portal, not of what you asked for. It is logged."
    let mayHaveMoved = "The address may be mistyped, or what was here may have moved."
    let searchFindsIt = "Search finds it by name."
    let canBeGranted = "Whoever runs this portal can grant the permission."
    let tryInAMoment = "Try again in a moment."
    let tryAgain = "Try again"
    let goToCatalog = "Go to the catalog"
    let signIn = "Sign in"
    let signedOutMeanwhile =
        "You were signed out, so what you just did was not done. Sign in, and do it again on the page you come back to."
    let signOut = "Sign out"
    let signOutQuestion = "Sign out?"
    let signOutText = "What you keep here waits for you until you sign in again."
    let guestSignOutText =
        "You are a guest: stars, views, settings and the pages that you visited belong to this browser, and are deleted."
    let staySignedIn = "Stay signed in"
    let nothingIsKept =
        "The database is in memory: what is registered, starred or changed is lost when the portal stops."

    let help = "Help"
    let support = "Where to get help"
    let noSupport = "Whoever runs this portal can name people and pages here: app.support in app-config.yaml."
    let askHere = "Ask here"
    let keys = "Keys"
    let key = "Key"
    let meaning = "What it does"
    let keysAreOff = "You have switched off the keys that are letters alone; Settings turns them on."
    let keysNeedScripts = "Keys work where the browser runs scripts. Letters alone can be switched off under Settings."
    func meaning(of key: HelpPage.Key) -> String {
        switch key {
        case .palette: "Go to anything: entities, pages, what you starred or visited"
        case .find: "The same"
        case .help: "This list"
        case .next: "The next row"
        case .previous: "The row before"
        case .open: "Open the row"
        case .select: "Select the row"
        case .star: "Star the row or the page's entity"
        case .edit: "Edit the source"
        case .actions: "The actions of the entity"
        case .close: "Close what is open"
        }
    }
    func goTo(_ title: String) -> String { "Go to \(title)" }
    let program = "This portal"
    func version(_ version: String) -> String { "Callboard \(version)" }
}
