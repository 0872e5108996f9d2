import PortalKit

struct GermanServer: ServerWords {
    func title(of kind: PortalError.Kind) -> String {
        switch kind {
        case .notFound: "Nicht gefunden"
        case .notAllowed: "Nicht erlaubt"
        case .authentication: "Abgemeldet"
        case .conflict: "Inzwischen hat sich etwas geändert"
        case .unavailable: "Zurzeit nicht verfügbar"
        case .input, .tooLarge, .methodNotAllowed, .notImplemented, .requestTimeout:
            "Diese Anfrage lässt sich nicht beantworten"
        case .internal, .notModified: "Etwas ist schiefgegangen"
        }
    }
    let ownFault = "Das ist ein Fehler des Portals, nicht Ihrer Anfrage. Er ist im Protokoll vermerkt."
    let mayHaveMoved = "Die Adresse enthält vielleicht einen Tippfehler, oder was hier war, ist umgezogen."
    let searchFindsIt = "Die Suche findet es am Namen."
    let canBeGranted = "Wer dieses Portal betreibt, kann die Berechtigung erteilen."
    let tryInAMoment = "Versuchen Sie es gleich noch einmal."
    let tryAgain = "Noch einmal versuchen"
    let goToCatalog = "Zum Katalog"
    let signIn = "Anmelden"
    let signedOutMeanwhile =
        "Sie waren abgemeldet, daher ist nicht geschehen, was Sie eben wollten. Melden Sie sich an und tun Sie es auf der Seite noch einmal, zu der Sie zurückkommen."
    let signOut = "Abmelden"
    let signOutQuestion = "Abmelden?"
    let signOutText = "Was Sie hier aufbewahren, wartet auf Sie, bis Sie sich wieder anmelden."
    let guestSignOutText =
        "Sie sind Gast: Gemerktes, Ansichten, Einstellungen und besuchte Seiten gehören zu diesem Browser und werden gelöscht."
    let staySignedIn = "Angemeldet bleiben"
    let nothingIsKept =
        "Die Datenbank liegt im Arbeitsspeicher: Eingetragenes, Gemerktes und Geändertes geht verloren, wenn das Portal endet."

    let help = "Hilfe"
    let support = "Wo es Hilfe gibt"
    let noSupport = "Wer dieses Portal betreibt, kann hier Menschen und Seiten nennen: app.support in app-config.yaml."
    let askHere = "Hier fragen"
    let keys = "Tasten"
    let key = "Taste"
    let meaning = "Was sie tut"
    let keysAreOff = "Sie haben Tasten abgeschaltet, die nur Buchstaben sind; die Einstellungen schalten sie ein."
    let keysNeedScripts =
        "Tasten wirken, wo der Browser Skripte ausführt. Einzelne Buchstaben lassen sich in den Einstellungen abschalten."
    func meaning(of key: HelpPage.Key) -> String {
        switch key {
        case .palette: "Zu allem springen: Einträge, Seiten, Gemerktes und Besuchtes"
        case .find: "Dasselbe"
        case .help: "Diese Liste"
        case .next: "Die nächste Zeile"
        case .previous: "Die Zeile davor"
        case .open: "Die Zeile öffnen"
        case .select: "Die Zeile auswählen"
        case .star: "Die Zeile oder den Eintrag der Seite merken"
        case .edit: "Die Quelle bearbeiten"
        case .actions: "Die Aktionen des Eintrags"
        case .close: "Schließen, was offen ist"
        }
    }
    func goTo(_ title: String) -> String { "Zu: \(title)" }
    let program = "Dieses Portal"
    func version(_ version: String) -> String { "Callboard \(version)" }
}
