extension EnglishCatalog: GraphWords {
    var graph: String { "Relations graph" }
    var startAt: String { "Start at" }
    var depth: String { "Depth" }
    var everythingReachable: String { "Everything reachable" }
    var direction: String { "Direction" }
    var leftToRight: String { "Left to right" }
    var rightToLeft: String { "Right to left" }
    var topToBottom: String { "Top to bottom" }
    var bottomToTop: String { "Bottom to top" }
    var ties: String { "Ties" }
    var tiesFoundBy: String { "The ones things are found by" }
    var allTies: String { "All between them" }
    var names: String { "Names" }
    var oneLineForBoth: String { "One line for both" }
    var lineForEach: String { "A line for each" }
    var largeGraphs: String { "Large graphs" }
    var collapseBySystem: String { "Collapse by system" }
    var kinds: String { "Kinds" }
    var showDrawing: String { "Show the drawing" }
    var showList: String { "Show as list" }
    var downloadSVG: String { "Download SVG" }
    var sameInWords: String { "The same in words" }
    var graphOfWhat: String { "What should it begin with?" }
    var graphOfWhatText: String {
        "Write the reference of an entity, such as component:default/shop, or open the graph from its page."
    }
    var notAllShown: String { "Not everything is shown" }
    var hardToRead: String { "This is much to look at" }
    var narrowDown: String { "A smaller depth, fewer kinds or fewer relations show less." }
    var referenceForm: String { "A reference is kind:namespace/name, such as component:default/shop." }
    func graph(of title: String) -> String { "Relations of \(title)" }
    func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }
    func entitiesShown(_ count: Int) -> String { count == 1 ? "1 entity" : "\(count) entities" }
    func boxesWithin(_ count: Int) -> String { "\(count) in it" }
    func noReference(_ text: String) -> String { "“\(text)” is no reference of an entity" }
}
