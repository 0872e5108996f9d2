/// What the graph of relations says.
protocol GraphWords: Sendable {
    var graph: String { get }
    var startAt: String { get }
    var depth: String { get }
    var everythingReachable: String { get }
    var direction: String { get }
    var leftToRight: String { get }
    var rightToLeft: String { get }
    var topToBottom: String { get }
    var bottomToTop: String { get }
    var ties: String { get }
    var tiesFoundBy: String { get }
    var allTies: String { get }
    var tiesHelp: String { get }
    var namesHelp: String { get }
    var around: String { get }
    var aroundHelp: String { get }
    var whatNeedsIt: String { get }
    var whatNeedsItHelp: String { get }
    var whatItNeeds: String { get }
    var whatItNeedsHelp: String { get }
    var names: String { get }
    var oneLineForBoth: String { get }
    var lineForEach: String { get }
    var largeGraphs: String { get }
    var collapseBySystem: String { get }
    var kinds: String { get }
    var showDrawing: String { get }
    var showList: String { get }
    var downloadSVG: String { get }
    var sameInWords: String { get }
    var graphOfWhat: String { get }
    var graphOfWhatText: String { get }
    var notAllShown: String { get }
    var hardToRead: String { get }
    var narrowDown: String { get }
    /// Where the depth is the smallest already.
    var narrowDownNear: String { get }
    func hasRelations(_ title: String, _ count: Int) -> String
    var referenceForm: String { get }
    func graph(of title: String) -> String
    func steps(_ count: Int) -> String
    func entitiesShown(_ count: Int) -> String
    func boxesWithin(_ count: Int) -> String
    func noReference(_ text: String) -> String
}
