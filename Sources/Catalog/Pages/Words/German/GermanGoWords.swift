extension GermanCatalog: GoWords {
    var goTo: String { "Gehe zu" }
    var find: String { "Finden" }
    var recentlyVisited: String { "Zuletzt besucht" }
    var pagesOfPortal: String { "Seiten" }
    func allResults(_ query: String) -> String { "„\(query)“ auch in Beschreibungen und Tags suchen" }
}
