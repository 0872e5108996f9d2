/// What the page that leads anywhere says.
protocol GoWords: Sendable {
    var goTo: String { get }
    var find: String { get }
    var recentlyVisited: String { get }
    var pagesOfPortal: String { get }
    func allResults(_ query: String) -> String
}
