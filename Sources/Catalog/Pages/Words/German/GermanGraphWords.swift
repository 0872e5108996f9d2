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
    var ties: String { "Linien" }
    var allTies: String { "Jede Beziehung" }
    var tiesFoundBy: String { "Nur der kürzeste Weg" }
    var tiesHelp: String {
        "Jede Beziehung zwischen dem Gezeigten, oder nur die, über die etwas zuerst erreicht wurde: einfacher, lässt "
            + "aber andere weg."
    }
    var names: String { "Namen einer Beziehung" }
    var oneLineForBoth: String { "Beide auf einer Linie" }
    var lineForEach: String { "Eine Linie für jeden" }
    var namesHelp: String { "Eine Beziehung heißt von jedem Ende aus anders, etwa „Besitzt“ und „Gehört“." }
    var around: String { "Rundherum" }
    var aroundHelp: String { "Womit es in Beziehung steht, und womit dies: zwei Schritte in jede Richtung." }
    var whatNeedsIt: String { "Wer es braucht" }
    var whatNeedsItHelp: String {
        "Alles, was davon abhängt oder eine Schnittstelle davon nutzt, und was wiederum das braucht: Es würde einen "
            + "Ausfall merken."
    }
    var whatItNeeds: String { "Wovon es abhängt" }
    var whatItNeedsHelp: String {
        "Alles, wovon es abhängt oder wessen Schnittstelle es nutzt, und was das wiederum braucht: Ein Ausfall dort "
            + "zeigt sich hier."
    }
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
    var narrowDownNear: String { "Weniger Arten oder weniger Beziehungen zeigen weniger." }
    func hasRelations(_ title: String, _ count: Int) -> String { "\(title) hat \(number(count)) Beziehungen." }
    var referenceForm: String { "Eine Referenz ist kind:namespace/name, etwa component:default/shop." }
    func graph(of title: String) -> String { "Beziehungen von \(title)" }
    func steps(_ count: Int) -> String { count == 1 ? "1 Schritt" : "\(count) Schritte" }
    func entitiesShown(_ count: Int) -> String { count == 1 ? "1 Eintrag" : "\(number(count)) Einträge" }
    func boxesWithin(_ count: Int) -> String { "\(number(count)) darin" }
    func noReference(_ text: String) -> String { "„\(text)“ ist keine Referenz eines Eintrags" }
}
