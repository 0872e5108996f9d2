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
    var nothingRecorded: String { "Noch ist nichts verzeichnet." }
    var byConfiguration: String { "Durch eine Änderung der Konfiguration" }
    var bySomebody: String { "Durch jemanden, der nicht angemeldet war" }
    var by: String { "Durch " }
    var byProgram: String { "Durch das Programm " }
    var readFrom: String { "Gelesen aus " }
    var noLongerFound: String { "Nicht mehr gefunden über " }

    func parts(of title: String) -> String { "Teile von \(title)" }
    func andMoreLinks(_ count: Int) -> String { " und \(count) weitere" }
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
}
