extension GermanCatalog: LocationWords {
    var registerTitle: String { "Vorhandene Komponenten eintragen" }
    var registerText: String { "Nimmt in den Katalog auf, was eine catalog-info.yaml beschreibt." }
    var nothingCanBeRegistered: String { "Hier lässt sich nichts eintragen" }
    var isReadonly: String {
        "Die Konfiguration sagt catalog.readonly: true. Quellen kommen unter catalog.locations hinzu."
    }
    var addressLabel: String { "Adresse" }
    var urlHelp: String {
        "Die Datei selbst, nicht die Seite eines Quelltext-Hosts über sie. Nichts wird eingetragen, bevor "
            + "Sie gesehen haben, was darin ist."
    }
    var analyze: String { "Prüfen" }
    var filledByOther: String {
        "Eine fremde Seite hat das ausgefüllt. Drücken Sie Prüfen, wenn Sie die Adresse kennen."
    }
    var isConfigured: String { "Die Konfiguration nennt diese Adresse schon, also werden ihre Einträge gelesen." }
    var addsNothing: String { "Dort ist nichts Neues" }
    var allIsReadFromThere: String { "Alles, was sich dort lesen lässt, steht schon im Katalog. " }
    var analyzeRaw: String { "Die unmittelbare Adresse der Datei prüfen" }
    var wrongShowsOnPage: String {
        "Was falsch ist, zeigt die Seite der Quelle, bis es berichtigt ist; der Rest wird gelesen."
    }
    var register: String { "Eintragen" }
    var registerAnyway: String { "Trotzdem eintragen" }
    var isRegistered: String { "Diese Adresse ist schon eingetragen" }
    var notReadYet: String { "Sie wurde noch nicht gelesen." }
    var itsLocationTitle: String { "Ihre Quelle" }
    var saysWhenRead: String { " sagt, wann sie gelesen wurde und was falsch ist." }
    var registered: String { "Eingetragen" }
    var registeredWithErrors: String { "Eingetragen, mit Fehlern" }
    var isReadNow: String { " wird jetzt gelesen. Laden Sie diese Seite gleich noch einmal." }
    var wasReadBut: String { " wurde gelesen, und etwas ist falsch; " }
    var saysWhat: String { " sagt, was." }
    var wasRead: String { " wurde gelesen; " }
    var saysIfWrong: String { " sagt, ob etwas falsch ist." }
    var added: String { "Aufgenommen" }
    var registeredLocations: String { "Eingetragene Quellen" }
    var noneRegistered: String { "Noch keine. Was Sie eintragen, steht hier." }
    var readFromIt: String { "Einträge, die darüber gelesen wurden" }
    var action: String { "Aktion" }
    var notReadYetShort: String { "noch nicht gelesen" }
    var withErrors: String { "hat Fehler" }
    var unregister: String { "Austragen" }
    var noEntityThere: String { "Dort ist kein Eintrag" }
    var noEntityThereText: String { "Die Datei wurde gelesen, und nichts darin ist ein Eintrag." }
    var whichNames: String { ", genannt von " }
    var inTheCatalog: String { "Im Katalog" }
    var file: String { "Datei" }
    var declaredThere: String { "Was dort beschrieben ist" }
    var entitiesOfAddress: String { "Einträge dieser Adresse" }
    var isNew: String { "Neu" }
    var isReadFromThere: String { "Von dort gelesen" }
    var isKeptFromElsewhere: String { "Aus anderer Datei behalten" }
    var unregisterShort: String { "Quelle austragen" }
    var unregisterQuestion: String { "Diese Quelle austragen?" }
    var keepIt: String { "Behalten" }
    var cannotUnregister: String { "Hier lässt sie sich nicht austragen" }
    var saysReadonly: String { "Die Konfiguration sagt catalog.readonly: true." }
    var nothingGoes: String { "Nichts verschwindet" }
    var configurationReads: String {
        "Die Konfiguration nennt dieselbe Adresse; sie wird gelesen, solange sie dort steht."
    }
    var noEntityGoes: String { "Kein Eintrag verschwindet mit ihr." }
    var theyLeave: String {
        "Sie verlassen den Katalog sofort. Ihre Datei bleibt, wie sie ist; um sie zurückzuholen, tragen Sie "
            + "ihre Adresse wieder ein."
    }
    var othersGo: String { " Andere, die Sie nicht sehen dürfen, verschwinden auch." }
    var whatGoes: String { "Was verschwindet" }

    func unregister(_ target: String) -> String { "\(target) austragen" }
    func problem(_ problem: RegistrableLocation.Problem) -> String {
        switch problem {
        case .type(let allowed):
            "Eintragen lassen sich nur Quellen dieser Arten: \(allowed.joined(separator: ", "))."
        case .target(let shown, true):
            "Die Adresse \(shown) enthält einen Benutzernamen oder ein Passwort; lassen Sie es weg."
        case .target(let shown, false): "Die Adresse \(shown) ist keine http- oder https-URL."
        case .tooLong: "Die Adresse ist länger als \(LocationReading.longestLocation) Byte."
        }
    }
    func wrong(_ count: Int) -> String { count == 1 ? "Etwas ist falsch" : "\(number(count)) Dinge sind falsch" }
    func notShown(_ count: Int) -> String { "\(number(count)) weitere sind nicht gezeigt." }
    func names(_ others: Int) -> String { others == 0 ? "." : " und \(others) weiteren." }
    func versionKept(_ place: String) -> String { "Beschrieben in \(place), deren Fassung behalten wird" }
    func entitiesGo(_ count: Int) -> String {
        count == 1 ? "Ein Eintrag verschwindet mit ihr" : "\(number(count)) Einträge verschwinden mit ihr"
    }
}
