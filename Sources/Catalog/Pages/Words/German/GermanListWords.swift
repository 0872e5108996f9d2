extension GermanCatalog: ListWords {
    var catalog: String { "Katalog" }
    var apis: String { "Schnittstellen" }
    var entity: String { "Eintrag" }
    var allKinds: String { "Alle Arten" }
    var show: String { "Zeigen" }
    var ownedByMe: String { "Gehört mir" }
    var starred: String { "Gemerkt" }
    var everything: String { "Alle" }
    var processing: String { "Zustand" }
    var hasErrors: String { "Hat Fehler" }
    var hasWarnings: String { "Hat Warnungen" }
    var orphaned: String { "Verwaist" }
    var dangling: String { "Beziehung führt ins Leere" }
    var ownerless: String { "Ohne Eigentümer" }
    var deprecated: String { "Abgekündigt" }
    var groupsBelow: String { "Gruppen darunter" }
    var kind: String { "Art" }
    var text: String { "Text" }
    var textExample: String { "Name, Titel, Stichwort …" }
    var name: String { "Name" }
    var owner: String { "Eigentümer" }
    var system: String { "System" }
    var domain: String { "Domäne" }
    var parent: String { "Übergeordnet" }
    var groups: String { "Gruppen" }
    var mail: String { "E-Mail" }
    var type: String { "Typ" }
    var lifecycle: String { "Lebenszyklus" }
    var tags: String { "Stichwörter" }
    var namespace: String { "Namensraum" }
    var description: String { "Beschreibung" }
    var title: String { "Titel" }
    var target: String { "Ziel" }
    var entities: String { "Einträge" }
    var nothing: String { "Nichts" }
    var registerExisting: String { "Vorhandenes eintragen" }
    var entityDeleted: String { "Der Eintrag ist gelöscht." }
    var locationUnregistered: String { "Die Quelle ist ausgetragen." }
    var noSuchPlace: String { "Diese Stelle der Liste gibt es nicht" }
    var noSuchPlaceShort: String { "Keine solche Stelle" }
    var cursorMayBeCut: String { "Sie wurde vielleicht beim Kopieren gekürzt. Ihre Filter bleiben." }
    var beginAnew: String { "Mit der ersten Seite beginnen" }
    var addressNotUnderstood: String { "Ein Teil der Adresse wird nicht verstanden" }
    var catalogIsEmpty: String { "Der Katalog ist leer" }
    var catalogIsEmptyText: String {
        "Einträge werden aus catalog-info.yaml-Dateien gelesen. Nennen Sie eine in app-config.yaml unter "
            + "catalog.locations, oder tragen Sie ihre URL ein; sie erscheint hier binnen einer Sekunde."
    }
    var locationSample: String { "Eine Quelle in app-config.yaml" }
    var registerComponents: String { "Vorhandene Komponenten eintragen" }
    var mayNotRead: String { "Sie dürfen den Katalog nicht lesen" }
    var nothingOfKind: String { "Nichts von dieser Art" }
    var showAllKinds: String { "Alle Arten zeigen" }
    var nothingMatches: String { "Nichts passt" }
    var filtersThatAreOn: String { "die aktiven Filter" }
    var clearFilters: String { "Filter entfernen" }

    func counted(_ count: Int, _ kind: String) -> String {
        "\(number(count)) \(count == 1 ? Self.kinds[kind.lowercased()]?.one ?? kind : plural(of: kind))"
    }
    func plural(of kind: String) -> String {
        if kind == entity { return entities }
        return Self.kinds[kind.lowercased()]?.many ?? kind
    }
    func haveErrors(_ counted: String, _ count: Int) -> String { "\(counted) \(count == 1 ? "hat" : "haben") Fehler" }
    func position(_ range: String, of counted: String) -> String { "\(range) von \(counted)" }
    func cursorUnusable(_ why: String) -> String {
        "Die Adresse enthält einen Zeiger, der sich nicht verwenden lässt. \(why)."
    }
    func changesNothing(_ known: String) -> String { " ändert hier nichts. Der Katalog kann: \(known)." }
    func known(_ known: CatalogFilters.Known) -> String {
        switch known {
        case .sort(let names): "sortieren nach \(names.joined(separator: ", "))"
        case .rows(let counts): "\(counts.joined(separator: ", ")) Zeilen zeigen"
        case .listAll(let names): "alle Werte zeigen von \(names.joined(separator: ", "))"
        case .columns(let names): "die Spalten \(names.joined(separator: ", ")) zeigen"
        case .filter(let names): "filtern nach \(names.joined(separator: ", "))"
        }
    }
    func needsPermission(_ name: String) -> String {
        "Dafür braucht es die Berechtigung \(name). Wer dieses Portal betreibt, kann sie erteilen."
    }
    func noEntityOfKind(_ kind: String) -> String { "Der Katalog hat keinen Eintrag der Art \(kind)." }
    func noneMatches(_ kind: String, _ filters: String) -> String { "Nichts (\(kind)) passt auf \(filters)." }
    func and(_ names: [String]) -> String { names.joined(separator: " und ") }
    var export: String { "Exportieren" }
    var exportCSV: String { "Als CSV exportieren" }
    var exportJSON: String { "Als JSON exportieren" }
    var views: String { "Ansichten" }
    var saveView: String { "Diese Filter als Ansicht speichern" }
    var nameOfView: String { "Meine Dienste" }
    var saveViewHelp: String { "Filter, Spalten und Ordnung bleiben unter diesem Namen, nur für Sie." }
    var saveSharedViewHelp: String {
        "Filter, Spalten und Ordnung bleiben unter diesem Namen, nur für Sie oder für alle in einer Ihrer Gruppen, "
            + "die sie ebenso ändern können."
    }
    var save: String { "Speichern" }
    var columns: String { "Spalten" }
    var usualColumns: String { "Die üblichen Spalten" }
    var removeStars: String { "Nicht mehr merken" }
    var chosen: String { "ausgewählt" }
    func removeView(_ name: String) -> String { "Ansicht „\(name)“ entfernen" }
    func refreshAsked(_ count: Int) -> String {
        count == 1 ? "Ein Eintrag wird neu gelesen." : "\(number(count)) Einträge werden neu gelesen."
    }
    var providedBy: String { "Angeboten von" }
    var consumers: String { "Nutzer" }

    /// What the usual kinds are called; others keep the name that they were declared with.
    private static let kinds: [String: (one: String, many: String)] = [
        "component": ("Komponente", "Komponenten"), "api": ("Schnittstelle", "Schnittstellen"),
        "system": ("System", "Systeme"), "domain": ("Domäne", "Domänen"), "resource": ("Ressource", "Ressourcen"),
        "group": ("Gruppe", "Gruppen"), "user": ("Nutzer", "Nutzer"), "template": ("Vorlage", "Vorlagen"),
        "location": ("Quelle", "Quellen"),
    ]
    var newer: String { "Der Katalog hat sich geändert. Neues zeigen." }
}
