import PortalKit

/// What the pages of settings say.
protocol SettingsWords: Sendable {
    var settings: String { get }
    var general: String { get }
    var providers: String { get }
    var flags: String { get }

    var appearance: String { get }
    var appearanceText: String { get }
    var theme: String { get }
    func theme(_ theme: ViewPreferences.Theme) -> String
    var density: String { get }
    var densityText: String { get }
    func density(_ density: ViewPreferences.Density) -> String
    var textSize: String { get }
    func textSize(_ size: ViewPreferences.TextSize) -> String
    var keys: String { get }
    var keysText: String { get }
    var on: String { get }
    var off: String { get }
    var language: String { get }
    var browsersLanguage: String { get }

    var identity: String { get }
    var user: String { get }
    var name: String { get }
    var mail: String { get }
    var ownsAs: String { get }
    var userIsNotInCatalog: String { get }
    var isProgram: String { get }
    var sharedGuest: String { get }

    var data: String { get }
    func dataText(_ values: Int) -> String
    var export: String { get }
    var deleteAll: String { get }
    var deleteQuestion: String { get }
    func deleteText(_ values: Int, _ stars: Int, _ visits: Int) -> String
    var deleteCannotBeUndone: String { get }
    var delete: String { get }
    var keep: String { get }
    var wasDeleted: String { get }

    var signedIn: String { get }
    func signedInAs(_ reference: String) -> String
    var waysToSignIn: String { get }
    var way: String { get }
    var state: String { get }
    var available: String { get }
    var noWays: String { get }

    var noFlags: String { get }
    var noFlagsText: String { get }
    var flagsText: String { get }
}
