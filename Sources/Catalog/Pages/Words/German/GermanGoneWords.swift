extension GermanCatalog: GoneWords {
    var notFound: String { "Nicht gefunden" }
    var searchCatalog: String { "Katalog durchsuchen" }
    var didYouMean: String { "Meinten Sie" }
    var mayHaveBeenRemoved: String { "Er wurde vielleicht entfernt, oder seine Datei wurde noch nicht gelesen." }
    var tabMayShow: String { "Er erscheint, sobald der Eintrag hat, worum es darin geht." }
    var showOverview: String { "Überblick zeigen" }
    var showHistory: String { "Verlauf zeigen" }
    var deletedAt: String { "Gelöscht " }
    var refused: String { "Eine Datei beschreibt ihn, aber er wurde abgewiesen" }
    var mendTheFile: String { "Berichtigen Sie die Datei; " }
    var itsLocation: String { "seine Quelle" }
    var saysWhatElse: String { " sagt, was noch falsch ist." }

    var openCatalog: String { "Katalog öffnen" }
    func lacks(_ feature: MissingFeature.Feature) -> (title: String, message: String) {
        switch feature {
        case .templates: ("Noch keine Vorlagen", "Dieses Portal hat noch keine Vorlagen für Software.")
        case .documentation:
            ("Noch keine Dokumentation", "Dieses Portal zeigt die Dokumentation von Einträgen noch nicht.")
        }
    }
    func showInCatalog(_ title: String) -> String { "\(title) im Katalog zeigen" }
    func wasDeleted(_ title: String) -> String { "\(title) wurde gelöscht" }
    func noLongerHas(_ reference: String) -> String { "Der Katalog hat \(reference) nicht mehr." }
    func thereIsNo(_ reference: String) -> String { "Im Katalog gibt es kein \(reference)." }
    func noPart(_ title: String, _ id: String) -> String { "\(title) hat keinen Teil namens \(id)." }
}
