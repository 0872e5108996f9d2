import PortalKit

struct GermanInterface: InterfaceWords {
    let skipToContent = "Zum Inhalt springen"
    let mainNavigation = "Hauptnavigation"
    let menu = "Menü"
    func section(_ section: NavigationItem.Section) -> String {
        switch section {
        case .work: "Arbeiten"
        case .insight: "Einblick"
        case .run: "Betrieb"
        }
    }
    func navigation(_ id: String) -> String? {
        switch id {
        case "home": "Start"
        case "catalog": "Katalog"
        case "changes": "Änderungen"
        case "teams": "Teams"
        case "docs": "Dokumente"
        case "create": "Anlegen"
        case "settings": "Einstellungen"
        case "devtools": "Verwaltung"
        case "starred": "Gemerkt"
        default: nil
        }
    }
    let breadcrumb = "Pfad"
    let search = "Katalog durchsuchen"
    let help = "Hilfe"
    func account(of name: String) -> String { "Konto von \(name)" }
    let myPage = "Meine Seite"
    let settings = "Einstellungen"
    let signOut = "Abmelden"
    let signOutAsks = "Abmelden …"
    let theme = "Farben"
    func theme(_ theme: ViewPreferences.Theme) -> String {
        switch theme {
        case .auto: "Auto"
        case .light: "Hell"
        case .dark: "Dunkel"
        }
    }
    let close = "Schließen"
    let notice = "Hinweis"

    let copied = "Kopiert"
    let goTo = "Gehe zu"
    let goToHint = "Name, Titel, Seite …"
    let controlKey = "Strg"

    func rows(_ count: Int) -> String { "\(number(count)) Zeilen" }
    let rows = "Zeilen"
    let pages = "Seiten"
    let previous = "Zurück"
    let next = "Weiter"
    let sortBy = "Sortieren nach"
    let columns = "Spalten"
    func more(_ count: Int) -> String { "\(number(count)) weitere" }
    func all(_ count: Int) -> String { "Alle \(number(count))" }
    func andMore(_ count: Int) -> String { "und \(number(count)) weitere" }
    let missing = "fehlt"
    func isNotInCatalog(_ reference: String) -> String { "\(reference) ist nicht im Katalog" }
    let isUnsafeAddress = "Dieser Adresse zu folgen ist nicht sicher"
    let select = "Auswählen"
    func select(_ title: String) -> String { "\(title) auswählen" }

    let filters = "Filter"
    func filtersOn(_ count: Int) -> String { "\(number(count)) aktiv" }
    let apply = "Anwenden"
    let skipFilters = "Übrige Filter überspringen"
    func find(in title: String) -> String { "In \(title) suchen" }
    let find = "Suchen …"
    let showMore = "Mehr anzeigen"
    let showFewer = "Weniger anzeigen"
    let none = "Keine."
    let nothingFound = "Nichts gefunden."
    func mostFrequent(_ count: Int) -> String {
        "Die \(number(count)) häufigsten. Andere finden sich über ihren Namen."
    }
    let activeFilters = "Aktive Filter"
    func removeFilter(_ text: String) -> String { "Filter \(text) entfernen" }
    let clearAll = "Alle entfernen"

    let nothingChanged = "Nichts wurde geändert"
    let formNotUnderstood = "Das Formular enthält etwas, das diese Seite nicht anbietet. Wählen Sie noch einmal."
    let tooMuchKept = "Mehr lässt sich für niemanden aufbewahren. Entfernen Sie zuerst etwas."

    let copy = "Kopieren"
    let star = "Merken"
    let unstar = "Gemerkt"
    func star(_ title: String) -> String { "\(title) merken" }
    func unstar(_ title: String) -> String { "\(title) nicht mehr merken" }
    let example = "Beispiel"
    func requestNamed() -> String { "Wenn Sie um Hilfe bitten, nennen Sie die Anfrage " }
    let couldNotBeDrawn = "Dieser Teil ließ sich nicht zeichnen."
    let done = "Erledigt"
    let stillOpen = "Offen"

    let guest = "Gast"
    func wayToSignIn(_ id: String) -> String? { id == "guest" ? guest : nil }
    func signIn(to portal: String) -> String { "Bei \(portal) anmelden" }
    func signIn(as title: String) -> String { "Als \(title) anmelden" }
    let portalInASentence = "Dienste, Schnittstellen, Ressourcen und die Teams dahinter an einem Ort."
    let nobodyCanSignIn = "Noch kann sich niemand anmelden"
    let addWayToSignIn =
        "Die Konfiguration nennt keinen Weg, sich anzumelden. Ergänzen Sie auth.providers, zum Beispiel guest: {}."

    func relative(_ count: Int, _ unit: TimeUnit, isPast: Bool) -> String {
        let names: (one: String, many: String) =
            switch unit {
            case .minute: ("Minute", "Minuten")
            case .hour: ("Stunde", "Stunden")
            case .day: ("Tag", "Tagen")
            case .month: ("Monat", "Monaten")
            case .year: ("Jahr", "Jahren")
            }
        let isMasculine = unit != .minute && unit != .hour
        let text = count == 1 ? "\(isMasculine ? "einem" : "einer") \(names.one)" : "\(count) \(names.many)"
        return isPast ? "vor \(text)" : "in \(text)"
    }
    let justNow = "gerade eben"
    let longAgo = "vor langer Zeit"
}
