extension EnglishCatalog: ListWords {
    var catalog: String { "Catalog" }
    var apis: String { "APIs" }
    var entity: String { "entity" }
    var allKinds: String { "All kinds" }
    var show: String { "Show" }
    var ownedByMe: String { "Owned by me" }
    var starred: String { "Starred" }
    var everything: String { "All" }
    var processing: String { "Status" }
    var hasErrors: String { "Has errors" }
    var hasWarnings: String { "Has warnings" }
    var orphaned: String { "Orphaned" }
    var dangling: String { "Relation leads to nothing" }
    var ownerless: String { "Without owner" }
    var deprecated: String { "Deprecated" }
    var groupsBelow: String { "Groups below" }
    var kind: String { "Kind" }
    var text: String { "Text" }
    var textExample: String { "Name, title, tag …" }
    var name: String { "Name" }
    var owner: String { "Owner" }
    var system: String { "System" }
    var domain: String { "Domain" }
    var parent: String { "Parent" }
    var groups: String { "Groups" }
    var mail: String { "Mail" }
    var type: String { "Type" }
    var lifecycle: String { "Lifecycle" }
    var tags: String { "Tags" }
    var namespace: String { "Namespace" }
    var description: String { "Description" }
    var title: String { "Title" }
    var target: String { "Target" }
    var entities: String { "Entities" }
    var nothing: String { "Nothing" }
    var registerExisting: String { "Register existing" }
    var entityDeleted: String { "The entity is deleted." }
    var locationUnregistered: String { "The location is unregistered." }
    var noSuchPlace: String { "There is no such place in the list" }
    var noSuchPlaceShort: String { "No such place" }
    var cursorMayBeCut: String { "It may have been cut when it was copied. Its filters are kept." }
    var beginAnew: String { "Begin with the first page" }
    var addressNotUnderstood: String { "A part of the address is not understood" }
    var catalogIsEmpty: String { "The catalog is empty" }
    var catalogIsEmptyText: String {
        "Entities are read from catalog-info.yaml files. Name one in app-config.yaml under "
            + "catalog.locations, or register its URL; it shows here within a second."
    }
    var locationSample: String { "A location in app-config.yaml" }
    var registerComponents: String { "Register existing components" }
    var mayNotRead: String { "You may not read the catalog" }
    var nothingOfKind: String { "Nothing of this kind" }
    var showAllKinds: String { "Show all kinds" }
    var nothingMatches: String { "Nothing matches" }
    var filtersThatAreOn: String { "the filters that are on" }
    var clearFilters: String { "Clear the filters" }

    func counted(_ count: Int, _ kind: String) -> String { "\(number(count)) \(count == 1 ? kind : plural(of: kind))" }
    func plural(of kind: String) -> String { kind.hasSuffix("y") ? "\(kind.dropLast())ies" : "\(kind)s" }
    func haveErrors(_ counted: String, _ count: Int) -> String { "\(counted) \(count == 1 ? "has" : "have") errors" }
    func position(_ range: String, of counted: String) -> String { "\(range) of \(counted)" }
    func cursorUnusable(_ why: String) -> String { "The address holds a cursor that cannot be used. \(why)." }
    func changesNothing(_ known: String) -> String { " changes nothing here. The catalog can \(known)." }
    func known(_ known: CatalogFilters.Known) -> String {
        switch known {
        case .sort(let names): "sort by \(names.joined(separator: ", "))"
        case .rows(let counts): "show \(counts.joined(separator: ", ")) rows"
        case .listAll(let names): "list all of \(names.joined(separator: ", "))"
        case .columns(let names): "show the columns \(names.joined(separator: ", "))"
        case .filter(let names): "filter by \(names.joined(separator: ", "))"
        }
    }
    func needsPermission(_ name: String) -> String {
        "It needs the permission \(name). Whoever runs this portal can grant it."
    }
    func noEntityOfKind(_ kind: String) -> String { "The catalog has no entity of the kind \(kind)." }
    func noneMatches(_ kind: String, _ filters: String) -> String { "No \(kind) matches \(filters)." }
    func and(_ names: [String]) -> String { names.joined(separator: " and ") }
    var export: String { "Export" }
    var exportCSV: String { "Export CSV" }
    var exportJSON: String { "Export JSON" }
    var views: String { "Views" }
    var saveView: String { "Save these filters as a view" }
    var nameOfView: String { "My services" }
    var saveViewHelp: String { "Filters, columns and order are kept under this name, for you alone." }
    var saveSharedViewHelp: String {
        "Filters, columns and order are kept under this name, for you alone or for all in a group of yours, who can "
            + "change it as you can."
    }
    var save: String { "Save" }
    var columns: String { "Columns" }
    var usualColumns: String { "The usual columns" }
    var removeStars: String { "Remove stars" }
    var chosen: String { "chosen" }
    func removeView(_ name: String) -> String { "Remove the view “\(name)”" }
    func refreshAsked(_ count: Int) -> String {
        count == 1 ? "One entity is read again." : "\(number(count)) entities are read again."
    }
    var providedBy: String { "Provided by" }
    var consumers: String { "Consumers" }
    var newer: String { "The catalog has changed. Show what is new." }
}
