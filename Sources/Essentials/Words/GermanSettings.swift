import PortalKit

extension GermanEssentials: SettingsWords {
    var settings: String { "Einstellungen" }
    var general: String { "Allgemein" }
    var providers: String { "Anmeldung" }
    var flags: String { "Funktionsschalter" }

    var appearance: String { "Darstellung" }
    var appearanceText: String { "Gilt für dieses Gerät." }
    var theme: String { "Farben" }
    func theme(_ theme: ViewPreferences.Theme) -> String {
        switch theme {
        case .auto: "Wie das System"
        case .light: "Hell"
        case .dark: "Dunkel"
        }
    }
    var density: String { "Zeilen von Tabellen" }
    var densityText: String { "Enge Zeilen zeigen mehr auf einmal." }
    func density(_ density: ViewPreferences.Density) -> String { density == .normal ? "Normal" : "Eng" }
    var textSize: String { "Schriftgröße" }
    func textSize(_ size: ViewPreferences.TextSize) -> String { size == .normal ? "Normal" : "Groß" }
    var keys: String { "Einzelne Buchstaben als Kürzel" }
    var keysText: String { "Etwa j und k für die nächste und die vorige Zeile." }
    var on: String { "An" }
    var off: String { "Aus" }
    var language: String { "Sprache" }
    var browsersLanguage: String { "Wie der Browser" }

    var identity: String { "Wer Sie sind" }
    var user: String { "Benutzer" }
    var name: String { "Name" }
    var mail: String { "E-Mail" }
    var ownsAs: String { "Besitzt als" }
    var userIsNotInCatalog: String { "Der Katalog hat noch keine Entität für Sie, daher sind Sie in keiner Gruppe." }
    var isProgram: String { "Sie sind ein Programm. Für Programme wird nichts aufbewahrt." }
    var sharedGuest: String {
        "Diesen Benutzer teilen sich womöglich viele. Was Sie ablegen, gehört zu diesem Browser, bis Sie sich abmelden."
    }

    var data: String { "Ihre Daten" }
    func dataText(_ values: Int) -> String {
        switch values {
        case 0: "Das Portal bewahrt nichts von Ihnen auf."
        case 1: "Das Portal bewahrt eine Einstellung von Ihnen auf; Gemerktes und Besuche zählen je als eine."
        default: "Das Portal bewahrt \(values) Einstellungen von Ihnen auf; Gemerktes und Besuche zählen je als eine."
        }
    }
    var export: String { "Als JSON ausgeben" }
    var deleteAll: String { "Alles löschen …" }
    var deleteQuestion: String { "Alles löschen, was das Portal von Ihnen aufbewahrt?" }
    func deleteText(_ values: Int, _ stars: Int, _ visits: Int) -> String {
        "\(values) \(values == 1 ? "Einstellung" : "Einstellungen"), \(stars) gemerkte Entitäten und "
            + "\(visits) besuchte Seiten verschwinden."
    }
    var deleteCannotBeUndone: String {
        "Das lässt sich nicht rückgängig machen. Geben Sie vorher alles aus, wenn Sie es behalten wollen."
    }
    var delete: String { "Alles löschen" }
    var keep: String { "Behalten" }
    var wasDeleted: String { "Alles, was das Portal von Ihnen aufbewahrt hat, ist gelöscht." }

    var signedIn: String { "Sie sind angemeldet" }
    func signedInAs(_ reference: String) -> String { "Als \(reference)." }
    var waysToSignIn: String { "Anmeldewege" }
    var way: String { "Weg" }
    var state: String { "Zustand" }
    var available: String { "Verfügbar" }
    var noWays: String { "Die Konfiguration nennt keine; siehe auth.providers." }

    var noFlags: String { "Keine Funktionsschalter" }
    var noFlagsText: String {
        "Was noch nicht für alle ist, lässt sich hier einschalten, sobald eine Erweiterung etwas anbietet."
    }
    var flagsText: String { "Was Sie einschalten, gilt nur für Sie." }
}
