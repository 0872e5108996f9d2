extension GermanEssentials: HomeWords {
    var home: String { "Start" }
    var editLayout: String { "Anordnung ändern" }
    var nothingHere: String { "Noch nichts zu zeigen" }
    var nothingHereText: String {
        "Hier steht, was Ihnen gehört und was Sie sich merken und besuchen. Ändern Sie die Anordnung, um mehr zu wählen."
    }
    var openCatalog: String { "Katalog öffnen" }

    var layoutText: String { "Was Ihre Startseite zeigt, von oben nach unten. Das sehen nur Sie." }
    var onThePage: String { "Auf der Seite" }
    var pageIsBare: String { "Auf der Seite steht nur die Suche." }
    var canBeAdded: String { "Lässt sich hinzufügen" }
    var everythingIsShown: String { "Alles, was es gibt, steht auf der Seite." }
    var saveWidths: String { "Breiten speichern" }
    var reset: String { "Zurück zur üblichen Anordnung" }
    var finish: String { "Seite zeigen" }
    var add: String { "Hinzufügen" }
    func width(_ columns: Int) -> String {
        switch columns {
        case 3: "Ein Viertel"
        case 4: "Ein Drittel"
        case 6: "Die Hälfte"
        case 8: "Zwei Drittel"
        case 9: "Drei Viertel"
        case 12: "Die ganze Breite"
        default: "\(columns) von 12 Spalten"
        }
    }
    func width(of title: String) -> String { "Breite von \(title)" }
    func moveUp(_ title: String) -> String { "\(title) nach oben" }
    func moveDown(_ title: String) -> String { "\(title) nach unten" }
    func remove(_ title: String) -> String { "\(title) entfernen" }
    func add(_ title: String) -> String { "\(title): Hinzufügen" }
    func widgets(_ count: Int) -> String { count == 1 ? "1 Teil auf der Seite" : "\(count) Teile auf der Seite" }

    var starred: String { "Gemerkt" }
    var noStars: String { "Merken Sie sich, was Sie oft brauchen: Der Stern steht neben dem Namen jeder Entität." }
    var recent: String { "Zuletzt besucht" }
    var most: String { "Oft besucht" }
    var noVisits: String { "Hier stehen Seiten, die Sie besuchen." }
    var announcements: String { "Ankündigungen" }
    var toolkit: String { "Werkzeuge" }
    func times(_ count: Int) -> String { "\(count)×" }

    var starredText: String { "Was Sie zur Hand haben wollen, das Neueste zuerst. Das sehen nur Sie." }
    var entities: String { "Entitäten" }
    var noneToStar: String { "Kein Eintrag ist ausgewählt." }
    func tooManyToStar(_ most: Int) -> String { "Mehr als \(most) Einträge lassen sich nicht auf einmal merken." }
    func tooManyStars(_ most: Int) -> String {
        "Mehr als \(most) Einträge kann sich niemand merken. Entfernen Sie zuerst andere."
    }
    func notThereToStar(_ references: [String], more: Int) -> String {
        "Im Katalog fehlt \(references.joined(separator: ", "))\(more > 0 ? " und \(more) weitere" : ""); "
            + "nichts wurde gemerkt."
    }
    func stars(_ count: Int) -> String { count == 1 ? "1 Entität" : "\(count) Entitäten" }
    func range(_ first: Int, _ last: Int, of total: Int) -> String { "\(first)–\(last) von \(total)" }

    var firstSteps: String { "Erste Schritte" }
    var firstStepsText: String { "Sehen nur Betreiber, bis alles erledigt ist." }
    var hideFirstSteps: String { "Liste ausblenden" }
    var signInStep: String { "Personen unter ihrem Namen anmelden" }
    var signInClosed: String { "Nur Gäste können sich anmelden: Die anderen Wege stehen gerade nicht offen." }
    var noOtherSignIn: String { "Nur Gäste können sich anmelden: Diese Version kennt noch keinen anderen Weg." }
    var signInDone: String { "Es gibt einen Weg, sich anders als als Gast anzumelden." }
    var showProviders: String { "Anmeldewege" }
    var locationStep: String { "Den ersten Ort nennen" }
    var locationOpen: String { "Nennen Sie eine Datei unter catalog.locations, oder registrieren Sie ihre Adresse." }
    var locationDone: String { "Der Katalog wird von mindestens einem Ort gelesen." }
    var register: String { "Registrieren" }
    var entitiesStep: String { "Die ersten Entitäten sehen" }
    var entitiesOpen: String { "Noch wurde nichts gelesen." }
    var entitiesDone: String { "Der Katalog hat Entitäten." }
    var peopleStep: String { "Teams und Personen aufnehmen" }
    var peopleOpen: String {
        "Ohne Gruppen gehört niemandem etwas. Ergänzen Sie Dateien mit Entitäten der Arten Group und User."
    }
    var peopleDone: String { "Der Katalog hat Gruppen, denen etwas gehören kann." }
    var databaseStep: String { "Behalten, was gespeichert wird" }
    var databaseOpen: String {
        "Alles steht im Arbeitsspeicher und ist beim nächsten Start verloren. Setzen Sie backend.database."
    }
    var databaseIsServer: String { "PostgreSQL behält es; sichern Sie es wie Ihre anderen Datenbanken." }
    func databaseIsFile(_ folder: String) -> String { "Es liegt in \(folder); sichern Sie diesen Ordner." }
    var whatToDo: String { "Hilfe" }
}
