extension GermanCatalog: ChangeWords {
    var changes: String { "Änderungen" }
    var changesText: String { "Was sich im Katalog geändert hat, durch wen und wann; die Tage sind die der UTC." }
    var changedEntity: String { "Eintrag" }
    var ofTeam: String { "Team" }
    var change: String { "Änderung" }
    var allChanges: String { "Alle Änderungen" }
    var causedBy: String { "Verursacht von" }
    var anyCause: String { "Egal wodurch" }
    func author(_ author: ChangeFilter.Author) -> String {
        switch author {
        case .location: "Einer Quelle"
        case .user: "Einer Person"
        case .service: "Einem Programm"
        case .configuration: "Der Konfiguration"
        case .anonymous: "Jemandem ohne Anmeldung"
        }
    }
    func causeName(_ author: ChangeFilter.Author) -> String {
        switch author {
        case .location: "Quelle"
        case .user: "Person"
        case .service: "Programm"
        case .configuration, .anonymous: causedBy
        }
    }
    var fromDay: String { "Von" }
    var toDay: String { "Bis" }
    var today: String { "Heute" }
    var yesterday: String { "Gestern" }
    func day(_ year: Int, _ month: Int, _ day: Int) -> String {
        let months = [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ]
        return "\(day). \((1...12).contains(month) ? months[month - 1] : "") \(year)"
    }
    func changesShown(_ count: Int) -> String { count == 1 ? "1 Änderung" : "\(number(count)) Änderungen" }
    func changesOnPage(_ count: Int) -> String { "\(changesShown(count)) auf dieser Seite" }
    func changedFields(_ names: String) -> String { "Geändert: \(names)" }
    func andMoreFields(_ count: Int) -> String { " und \(number(count)) weitere" }
    var partlyHidden: String { "Was anders ist, dürfen Sie nicht lesen." }
    var backToNewest: String { "Zurück zu den neuesten" }
    var nothingFoundYet: String { "Noch nichts gefunden" }
    var nothingFoundYetText: String { "Keine der neuesten Änderungen entspricht den Filtern. Es gibt ältere." }
    var lookFurther: String { "Weiter zurück suchen" }
    var noChanges: String { "Noch keine Änderungen" }
    var noChangesText: String { "Was im Katalog angelegt, geändert oder gelöscht wird, steht sofort hier." }
    var noChangeMatches: String { "Keine Änderung entspricht den gesetzten Filtern." }
    func mistake(_ mistake: ChangeMistake) -> String {
        switch mistake {
        case .unknown: "ist kein Filter dieser Seite."
        case .repeated: "steht mehrmals da; nur das erste zählt."
        case .long(let most): "ist länger als \(number(most)) Zeichen."
        case .unreadable: "enthält Zeichen, die kein Name hat."
        case .reference: "nennt keinen Eintrag; geschrieben wird er wie component:default/shop."
        case .owner: "ist weder Team noch Person; geschrieben wird es wie group:team-a oder user:ann."
        case .kind: "ist keine Art; eine ist zum Beispiel component."
        case .words(let known): "ist nichts von \(known.joined(separator: ", "))."
        case .nameWithoutCause: "braucht eine Ursache, die Namen hat: location, user oder service."
        case .time: "ist kein Tag, den es gibt; geschrieben wird er wie 2026-01-31, mit Zeit wie 2026-01-31T12:00:00Z."
        case .order: "passt nicht zum anderen Tag: Das Ende liegt vor dem Anfang."
        }
    }
    var shownWithout: String { "Die Liste wird gezeigt, als stünde das nicht da." }
    func olderNotKept(since day: String) -> String {
        "Ältere Änderungen, bis zum \(day), werden nicht mehr aufbewahrt."
    }
    var inAllChanges: String { "Unter allen Änderungen" }
    func newestShown(_ count: Int) -> String {
        "Gezeigt werden die neuesten \(count); ältere stehen unter allen Änderungen."
    }
    var changesOfOwned: String { "Änderungen an dem, was dazu gehört" }
    var changesOfParts: String { "Änderungen an den Teilen" }
}
