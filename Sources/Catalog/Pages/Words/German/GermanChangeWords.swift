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
    var filterChangesNothing: String { " ändert nichts." }
    func olderNotKept(since day: String) -> String {
        "Ältere Änderungen, bis zum \(day), werden nicht mehr aufbewahrt."
    }
    var inAllChanges: String { "Unter allen Änderungen" }
    var changesOfOwned: String { "Änderungen an dem, was dazu gehört" }
    var changesOfParts: String { "Änderungen an den Teilen" }
}
