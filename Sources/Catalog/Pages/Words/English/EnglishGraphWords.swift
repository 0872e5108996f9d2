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
    var ties: String { "Lines" }
    var allTies: String { "Every relation" }
    var tiesFoundBy: String { "Shortest way only" }
    var tiesHelp: String {
        "Every relation between what is shown, or only the one by which each thing was reached first: a simpler drawing "
            + "that leaves others out."
    }
    var names: String { "Names of a relation" }
    var oneLineForBoth: String { "Both on one line" }
    var lineForEach: String { "A line for each" }
    var namesHelp: String { "A relation has a name from either end, such as “Owns” and “Owned by”." }
    var around: String { "Around it" }
    var aroundHelp: String { "What it is related with, and what that is related with: two steps in every direction." }
    var whatNeedsIt: String { "What needs it" }
    var whatNeedsItHelp: String {
        "Everything that depends on it or consumes an API of it, and what needs that: it would notice if this failed."
    }
    var whatItNeeds: String { "What it needs" }
    var whatItNeedsHelp: String {
        "Everything that it depends on or whose API it consumes, and what that needs: their failure would show here."
    }
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
    var narrowDownNear: String { "Fewer kinds or fewer relations show less." }
    func hasRelations(_ title: String, _ count: Int) -> String { "\(title) has \(number(count)) relations." }
    var referenceForm: String { "A reference is kind:namespace/name, such as component:default/shop." }
    func graph(of title: String) -> String { "Relations of \(title)" }
    func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }
    func entitiesShown(_ count: Int) -> String { count == 1 ? "1 entity" : "\(number(count)) entities" }
    func boxesWithin(_ count: Int) -> String { "\(number(count)) in it" }
    func noReference(_ text: String) -> String { "“\(text)” is no reference of an entity" }
}
