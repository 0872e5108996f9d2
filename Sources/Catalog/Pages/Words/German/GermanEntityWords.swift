import Foundation

extension GermanCatalog: EntityWords {
    var overview: String { "Überblick" }
    var definition: String { "Definition" }
    var history: String { "Verlauf" }
    var inspect: String { "Untersuchen" }
    var fileWasRead: String { "Seine Datei wurde neu gelesen." }
    var fileIsReadSoon: String {
        "Seine Datei wird bald neu gelesen. Laden Sie die Seite neu, um zu sehen, was daraus wurde."
    }
    var viewSource: String { "Quelle ansehen" }
    var edit: String { "Bearbeiten" }
    var cannotBeEdited: String { "Es ist keine Adresse bekannt, unter der sich die Datei bearbeiten lässt." }
    var refresh: String { "Neu lesen" }
    var unregisterLocation: String { "Quelle austragen" }
    var delete: String { "Löschen" }
    var partOf: String { "Teil von" }
    var members: String { "Mitglieder" }
    var owns: String { "Besitzt" }
    var noFileDeclares: String { "Keine Datei beschreibt diesen Eintrag mehr" }
    var orphanText: String {
        "Er ist verwaist: gezeigt wird, was zuletzt gelesen wurde. Beschreiben Sie ihn wieder, oder löschen "
            + "Sie ihn."
    }
    var longUnread: String { "Seine Datei wurde lange nicht gelesen" }
    var wasReadLast: String { "Sie wurde " }
    func shouldBeRead(everyMinutes minutes: Int) -> String {
        let often = minutes == 1 ? "etwa jede Minute" : "etwa alle \(minutes) Minuten"
        return
            " gelesen und sollte es \(often) werden. Was gezeigt wird, kann veraltet sein; „Neu lesen“ liest sie jetzt."
    }
    var isDeprecated: String { "Abgekündigt" }
    var useInstead: String { "Nutzen Sie stattdessen " }
    var useInsteadEnd: String { "." }
    var noSuccessor: String {
        "Bauen Sie nichts Neues darauf. Wem es gehört, kann mit dieser Anmerkung sagen, was stattdessen zu nutzen ist: "
    }
    var itBegan: String { "Es begann " }
    var shownWasRead: String { "; was gezeigt wird, wurde gelesen " }
    var moreThanOneFile: String { "Mehr als eine Datei beschreibt ihn" }
    var somethingToLookAt: String { "Etwas zum Ansehen" }
    var locationUnreadable: String { "Etwas, wohin diese Quelle führt, ließ sich nicht lesen" }
    var definitionUnreadable: String { "Seine Definition ließ sich nicht lesen" }
    var partUnreadable: String { "Ein Teil davon ließ sich nicht lesen" }
    var unreadable: String { "Er ließ sich nicht lesen" }
    var newestUnreadable: String { "Seine neueste Fassung ließ sich nicht lesen; gezeigt wird die letzte gute" }
    var about: String { "Über" }
    var noDescription: String { "Keine Beschreibung. Ergänzen Sie metadata.description in seiner Datei." }
    var targets: String { "Ziele" }
    var links: String { "Verweise" }
    var noLinks: String { "Keine Verweise. Ergänzen Sie metadata.links in seiner Datei." }
    var labels: String { "Etiketten" }
    var source: String { "Quelle" }
    var declaredIn: String { "Beschrieben in" }
    var foundThrough: String { "Gefunden über" }
    var location: String { "Quelle" }
    var showLocation: String { "Quelle zeigen" }
    var readThroughIt: String { "Was darüber gelesen wurde" }
    var relations: String { "Beziehungen" }
    var noRelations: String { "Nichts hängt davon ab, und es hängt von nichts ab." }
    var definitionMissing: String { "Die Definition ließ sich nicht lesen; siehe den Fehler oben." }
    var identity: String { "Identität" }
    var annotations: String { "Anmerkungen" }
    var entityAsJSON: String { "Der Eintrag als JSON" }
    var foldersLeftOut: String { "Ordner des Rechners fehlen hier wie auf jeder Seite; " }
    var apiHasThem: String { "die API hat die ganzen Pfade" }
    func restLeftOut(_ relations: Int) -> String {
        "Beziehungen nach den ersten \(relations) und das Ende langer Texte fehlen hier; "
    }
    var apiHasAll: String { "die API hat alles" }
    var nothingRecorded: String { "Noch ist nichts verzeichnet." }
    var byConfiguration: String { "Durch eine Änderung der Konfiguration" }
    var bySomebody: String { "Durch jemanden, der nicht angemeldet war" }
    var by: String { "Durch " }
    var byProgram: String { "Durch das Programm " }
    var readFrom: String { "Gelesen aus " }
    var noLongerFound: String { "Nicht mehr gefunden über " }

    func parts(of title: String) -> String { "Teile von \(title)" }
    func andMoreLinks(_ count: Int) -> String { " und \(number(count)) weitere" }
    func misspelt(_ count: Int) -> String {
        count == 1 ? "Ein Feld ist vielleicht falsch geschrieben" : "Felder sind vielleicht falsch geschrieben"
    }
    func leadsToNothing(_ count: Int) -> String {
        count == 1 ? "Eine Beziehung führt ins Leere" : "Beziehungen führen ins Leere"
    }
    func catalogHasNo(_ count: Int) -> String { count == 1 ? "Der Katalog hat kein " : "Der Katalog hat nichts von: " }
    func registerOrMend(_ count: Int) -> String {
        count == 1
            ? ". Tragen Sie es ein, oder berichtigen Sie den Namen in der Datei."
            : ". Tragen Sie sie ein, oder berichtigen Sie die Namen in der Datei."
    }
    func relation(_ type: String) -> String? {
        switch type {
        case "ownedBy": "Gehört"
        case "partOf": "Teil von"
        case "hasPart": "Teile"
        case "providesApi": "Bietet Schnittstellen"
        case "consumesApi": "Nutzt Schnittstellen"
        case "apiProvidedBy": "Angeboten von"
        case "apiConsumedBy": "Genutzt von"
        case "dependsOn": "Hängt ab von"
        case "dependencyOf": "Gebraucht von"
        case "childOf": "Übergeordnet"
        case "parentOf": "Untergeordnet"
        case "hasMember": "Mitglieder"
        case "memberOf": "Mitglied von"
        case "ownerOf": "Besitzt"
        default: nil
        }
    }
    func change(_ kind: String) -> String {
        switch kind {
        case "created": "Angelegt"
        case "updated": "Geändert"
        case "deleted": "Gelöscht"
        default: kind.capitalized
        }
    }
    var more: String { "Mehr" }
    var dependencies: String { "Abhängigkeiten" }
    var usedBy: String { "Genutzt von" }
    var parts: String { "Teile" }
    var nextToIt: String { "Was daneben steht" }
    var wholeGraph: String { "Ganzer Graph" }
    var fewOfEach: String { "Einige von jeder Beziehung; der ganze Graph hat alle." }
    var showGraph: String { "Graph zeigen" }
    var rawJSON: String { "Rohes JSON" }
    var valueToFillIn: String { "…" }
    var addToFile: String { "Ergänzen Sie die Datei, die den Eintrag beschreibt; das Portal liest sie binnen Minuten." }
    var whatToAdd: String { "Der Eintrag mit dem, was zu ergänzen ist" }
    var why: String { "Warum es so ist" }
    var noSource: String { "Keine Datei beschreibt ihn mehr; er steht da, wie er zuletzt gelesen wurde." }
    var lastRead: String { "Zuletzt gelesen" }
    var nextReading: String { "Nächstes Lesen" }
    var now: String { "jetzt" }
    var never: String { "nie" }
    var inputHash: String { "Prüfsumme des Gelesenen" }
    var sourceTag: String { "ETag der Quelle" }
    var failedReadings: String { "Fehlgeschlagenes Lesen" }
    var failingSince: String { "Schlägt fehl seit" }
    var lastError: String { "Letzter Fehler" }
    var heldSince: String { "Verluste zurückgehalten seit" }
    var ancestry: String { "Herkunft" }
    var noAncestors: String { "Nichts führte zu ihm." }
    var sameFile: String { "In derselben Datei" }
    var noNeighbours: String { "Die Datei beschreibt sonst nichts." }
    var entityAsYAML: String { "Der Eintrag als YAML" }
    var rawText: String { "Roher Text" }
    func nothingHere(_ title: String) -> String { "Nichts. „\(title)“ ist hier leer." }
    func needIt(_ count: Int, _ depth: Int) -> String {
        count == 1
            ? "Ein Eintrag braucht dies."
            : depth == 1
                ? "\(number(count)) Einträge brauchen dies."
                : "\(number(count)) Einträge brauchen dies, bis zu \(depth) Schritte entfernt."
    }
    func moreThanNeedIt(_ count: Int, _ depth: Int) -> String {
        "Mehr als \(number(count)) Einträge brauchen dies, mindestens \(depth) Schritte entfernt."
    }
    func tabNeeds(_ title: String, _ count: Int) -> String {
        count == 1 ? "\(title) braucht eine Anmerkung" : "\(title) braucht \(number(count)) Anmerkungen"
    }
}
