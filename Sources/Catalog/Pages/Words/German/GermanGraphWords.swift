extension GermanCatalog: GraphWords {
    var graph: String { "Beziehungsgraph" }
    var startAt: String { "Beginnen bei" }
    var depth: String { "Tiefe" }
    var everythingReachable: String { "Alles Erreichbare" }
    var direction: String { "Richtung" }
    var leftToRight: String { "Von links nach rechts" }
    var rightToLeft: String { "Von rechts nach links" }
    var topToBottom: String { "Von oben nach unten" }
    var bottomToTop: String { "Von unten nach oben" }
    var ties: String { "Verbindungen" }
    var tiesFoundBy: String { "Über die etwas gefunden wird" }
    var allTies: String { "Alle dazwischen" }
    var names: String { "Namen" }
    var oneLineForBoth: String { "Eine Linie für beide" }
    var lineForEach: String { "Eine Linie für jeden" }
    var largeGraphs: String { "Große Graphen" }
    var collapseBySystem: String { "Nach System zusammenfassen" }
    var kinds: String { "Arten" }
    var showDrawing: String { "Zeichnung zeigen" }
    var showList: String { "Als Liste zeigen" }
    var downloadSVG: String { "SVG herunterladen" }
    var sameInWords: String { "Dasselbe in Worten" }
    var graphOfWhat: String { "Womit soll er beginnen?" }
    var graphOfWhatText: String {
        "Schreiben Sie die Referenz eines Eintrags, etwa component:default/shop, oder öffnen Sie den Graphen "
            + "von seiner Seite aus."
    }
    var notAllShown: String { "Nicht alles ist gezeigt" }
    var hardToRead: String { "Das ist viel auf einmal" }
    var narrowDown: String { "Eine kleinere Tiefe, weniger Arten oder weniger Beziehungen zeigen weniger." }
    var referenceForm: String { "Eine Referenz ist kind:namespace/name, etwa component:default/shop." }
    func graph(of title: String) -> String { "Beziehungen von \(title)" }
    func steps(_ count: Int) -> String { count == 1 ? "1 Schritt" : "\(count) Schritte" }
    func entitiesShown(_ count: Int) -> String { count == 1 ? "1 Eintrag" : "\(count) Einträge" }
    func boxesWithin(_ count: Int) -> String { "\(count) darin" }
    func noReference(_ text: String) -> String { "„\(text)“ ist keine Referenz eines Eintrags" }
}
