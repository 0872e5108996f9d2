/// What the list of the catalog says.
protocol ListWords: Sendable {
    var catalog: String { get }
    var apis: String { get }
    var entity: String { get }
    var allKinds: String { get }
    var show: String { get }
    var ownedByMe: String { get }
    var starred: String { get }
    var everything: String { get }
    var processing: String { get }
    var hasErrors: String { get }
    var hasWarnings: String { get }
    var orphaned: String { get }
    var kind: String { get }
    var text: String { get }
    var textExample: String { get }
    var name: String { get }
    var owner: String { get }
    var system: String { get }
    var domain: String { get }
    var parent: String { get }
    var groups: String { get }
    var mail: String { get }
    var type: String { get }
    var lifecycle: String { get }
    var tags: String { get }
    var namespace: String { get }
    var description: String { get }
    var title: String { get }
    var target: String { get }
    var entities: String { get }
    var nothing: String { get }
    var registerExisting: String { get }
    var entityDeleted: String { get }
    var locationUnregistered: String { get }
    var noSuchPlace: String { get }
    var noSuchPlaceShort: String { get }
    var cursorMayBeCut: String { get }
    var beginAnew: String { get }
    var addressNotUnderstood: String { get }
    var catalogIsEmpty: String { get }
    var catalogIsEmptyText: String { get }
    var locationSample: String { get }
    var registerComponents: String { get }
    var mayNotRead: String { get }
    var nothingOfKind: String { get }
    var showAllKinds: String { get }
    var nothingMatches: String { get }
    var filtersThatAreOn: String { get }
    var clearFilters: String { get }
    func counted(_ count: Int, _ kind: String) -> String
    func plural(of kind: String) -> String
    func haveErrors(_ counted: String, _ count: Int) -> String
    func position(_ range: String, of counted: String) -> String
    func cursorUnusable(_ why: String) -> String
    func changesNothing(_ known: String) -> String
    func needsPermission(_ name: String) -> String
    func noEntityOfKind(_ kind: String) -> String
    func noneMatches(_ kind: String, _ filters: String) -> String
    func and(_ names: [String]) -> String
    var export: String { get }
    var exportCSV: String { get }
    var exportJSON: String { get }
    var views: String { get }
    var saveView: String { get }
    var nameOfView: String { get }
    var saveViewHelp: String { get }
    var save: String { get }
    var columns: String { get }
    var usualColumns: String { get }
    var removeStars: String { get }
    var chosen: String { get }
    func removeView(_ name: String) -> String
    func refreshAsked(_ count: Int) -> String
    var providedBy: String { get }
    var consumers: String { get }
}
