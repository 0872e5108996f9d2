extension GermanCatalog: ViewWords {
    var viewFor: String { "Für" }
    var viewForMe: String { "Nur für mich" }
    var replaceView: String { "Ersetzen" }
    var otherName: String { "Anderen Namen wählen" }
    func removeView(_ name: String, of group: String) -> String { "Ansicht „\(name)“ für alle in \(group) entfernen" }
    func sharedView(_ name: String, with group: String) -> String { "\(name), gemeinsam mit \(group)" }
    func viewSaved(_ name: String) -> String { "Die Ansicht „\(name)“ ist gespeichert." }
    func viewRemoved(_ name: String) -> String { "Die Ansicht „\(name)“ ist entfernt." }
    func noSuchView(_ name: String) -> String {
        "Eine Ansicht „\(name)“ gibt es nicht; die Liste erscheint ohne sie."
    }
    func problem(_ problem: SavedView.Problem) -> String {
        switch problem {
        case .noName: "Eine Ansicht braucht einen Namen."
        case .longName: "Der Name einer Ansicht hat höchstens \(SavedView.longestName) Zeichen."
        case .longQuery: "Das sind zu viele Filter für eine Ansicht."
        case .tooMany: "Es gibt schon \(SavedView.most) Ansichten. Entfernen Sie zuerst eine."
        case .exists(let name, nil): "Sie haben schon eine andere Ansicht namens „\(name)“."
        case .exists(let name, let group?): "\(group) hat schon eine andere Ansicht namens „\(name)“."
        case .shared(let name, let group): "Alle in \(group) verlieren die Ansicht „\(name)“."
        case .foreign(let group): "Sie sind nicht in der Gruppe \(group) und können ihre Ansichten nicht ändern."
        case .missing(let name, nil): "Sie haben keine Ansicht namens „\(name)“; entfernt wurde keine."
        case .missing(let name, let group?): "\(group) hat keine Ansicht namens „\(name)“; entfernt wurde keine."
        }
    }
    var noneChosen: String { "Kein Eintrag ist ausgewählt." }
    func tooManyChosen(_ most: Int) -> String { "Mehr als \(most) Einträge lassen sich nicht auf einmal neu lesen." }
}
