import PortalKit

extension EnglishEssentials: SettingsWords {
    var settings: String { "Settings" }
    var general: String { "General" }
    var providers: String { "Signing in" }
    var flags: String { "Feature flags" }

    var appearance: String { "Appearance" }
    var appearanceText: String { "Kept on this device." }
    var theme: String { "Theme" }
    func theme(_ theme: ViewPreferences.Theme) -> String {
        switch theme {
        case .auto: "As the system"
        case .light: "Light"
        case .dark: "Dark"
        }
    }
    var density: String { "Rows of tables" }
    var densityText: String { "Compact rows show more at once." }
    func density(_ density: ViewPreferences.Density) -> String { density == .normal ? "Normal" : "Compact" }
    var textSize: String { "Size of text" }
    func textSize(_ size: ViewPreferences.TextSize) -> String { size == .normal ? "Normal" : "Large" }
    var keys: String { "Single letters as shortcuts" }
    var keysText: String { "Such as j and k for the next and the previous row." }
    var on: String { "On" }
    var off: String { "Off" }
    var language: String { "Language" }
    var browsersLanguage: String { "As the browser" }

    var identity: String { "Who you are" }
    var user: String { "User" }
    var name: String { "Name" }
    var mail: String { "Mail" }
    var ownsAs: String { "Owns as" }
    var userIsNotInCatalog: String { "The catalog has no entity for you yet, so you are in no group." }
    var isProgram: String { "You are a program. Programs keep no settings." }
    var sharedGuest: String {
        "Many people may share this user. What you keep belongs to this browser, until you sign out."
    }

    var data: String { "Your data" }
    func dataText(_ values: Int) -> String {
        switch values {
        case 0: "The portal keeps nothing of yours."
        case 1: "The portal keeps one setting of yours; stars and visits count as one each."
        default: "The portal keeps \(values) settings of yours; stars and visits count as one each."
        }
    }
    var export: String { "Export as JSON" }
    var deleteAll: String { "Delete all …" }
    var deleteQuestion: String { "Delete all that the portal keeps of you?" }
    func deleteText(_ values: Int, _ stars: Int, _ visits: Int) -> String {
        "\(values) \(values == 1 ? "setting" : "settings"), \(stars) \(stars == 1 ? "star" : "stars") and "
            + "\(visits) \(visits == 1 ? "page" : "pages") that you visited go."
    }
    var deleteCannotBeUndone: String { "This cannot be undone. Export it first if you want to keep a copy." }
    var delete: String { "Delete all" }
    var keep: String { "Keep it" }
    var wasDeleted: String { "Everything that the portal kept of you is deleted." }

    var signedIn: String { "You are signed in" }
    func signedInAs(_ reference: String) -> String { "As \(reference)." }
    var waysToSignIn: String { "Ways to sign in" }
    var way: String { "Way" }
    var state: String { "State" }
    var available: String { "Available" }
    var noWays: String { "The configuration names none; see auth.providers." }

    var noFlags: String { "No feature flags" }
    var noFlagsText: String {
        "Parts that are not for everybody yet can be switched on here, once a plugin offers some."
    }
    var flagsText: String { "What you switch on holds for you alone." }
}
