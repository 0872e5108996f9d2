extension EnglishCatalog: GoWords {
    var goTo: String { "Go to" }
    var find: String { "Find" }
    var recentlyVisited: String { "Recently visited" }
    var pagesOfPortal: String { "Pages" }
    func allResults(_ query: String) -> String { "Look for “\(query)” in descriptions and tags too" }
}
