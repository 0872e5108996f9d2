import PortalKit

extension GermanInterface {
    var signs: Figure.Signs { .german }

    var rawText: String { "Reiner Text" }
    var download: String { "Herunterladen" }
    func first(_ lines: Int, of all: Int, rest: String) -> String {
        let count = lines == 1 ? "Die erste Zeile" : "Die ersten \(number(lines)) Zeilen"
        return "\(count) von \(number(all)); weitere \(rest)."
    }
    func first(_ size: String, rest: String) -> String { "Die ersten \(size) dieser Zeile; weitere \(rest)." }
    func first(_ size: String, ofFirstOf all: Int, rest: String) -> String {
        "Die ersten \(size) der ersten von \(number(all)) Zeilen; weitere \(rest)."
    }

    func tooLargeToCompare(_ limit: String) -> String {
        "Die Texte sind zu groß für einen Vergleich: \(limit) sind die Grenze."
    }
    var onlyEndDiffers: String { "Nur der Zeilenumbruch am Ende ist verschieden." }
    var noLineDiffers: String { "Keine Zeile ist verschieden." }
    func linesAdded(_ count: Int) -> String { "\(lines(count)) hinzugefügt" }
    func linesRemoved(_ count: Int) -> String { "\(lines(count)) entfernt" }
    func linesChanged(added: Int, removed: Int) -> String { "\(lines(added)) hinzugefügt, \(number(removed)) entfernt" }
    func unchangedLines(_ count: Int) -> String { "\(number(count)) unveränderte Zeilen" }
    func moreLines(_ count: Int) -> String { "\(number(count)) weitere Zeilen" }
    func moreLinesNotShown(_ count: Int) -> String { "\(number(count)) weitere Zeilen sind nicht zu sehen." }
    func more(_ size: String) -> String { "weitere \(size)" }
    var addedLines: String { "Neue Zeilen" }
    var wholeFile: String { "Ganze Datei" }
    private func lines(_ count: Int) -> String { "\(number(count)) \(count == 1 ? "Zeile" : "Zeilen")" }

    var data: String { "Daten" }
    var noValues: String { "Noch gibt es keine Werte." }
    var name: String { "Name" }
    var when: String { "Wann" }
    var day: String { "Tag" }
    var otherParts: String { "Übrige" }
    func moreInData(_ count: Int) -> String { "\(number(count)) weitere stehen in den Daten." }
    var moreRowsAndColumnsInData: String { "Weitere Zeilen und Spalten stehen in den Daten." }
    func oneOfEvery(_ step: Int, of count: Int) -> String { "Jeder \(step). von \(number(count)) Werten" }
    func level(_ level: Int, of levels: Int) -> String { "Stufe \(level) von \(levels)" }
    var weekdays: (monday: String, wednesday: String, friday: String) { ("Mo", "Mi", "Fr") }
    var months: [String] {
        ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
    }
    func days(_ count: Int, from first: String) -> String { "\(number(count)) Tage ab \(first)" }
    func matrix(rows: Int, columns: Int) -> String { "\(rows) Zeilen, \(columns) Spalten" }
    func range(lowest: String, highest: String) -> String { "niedrigster \(lowest), höchster \(highest)" }
    func values(_ count: Int, from first: String, to last: String) -> String {
        "\(number(count)) Werte, von \(first) bis \(last)"
    }
    func value(_ value: String, of name: String) -> String { "\(name) mit \(value)" }
    func bars(_ count: Int, highest: String, lowest: String) -> String {
        "\(number(count)) Balken, am höchsten \(highest), am niedrigsten \(lowest)"
    }

    var zoom: String { "Vergrößern und verkleinern" }
    var zoomIn: String { "Vergrößern" }
    var zoomOut: String { "Verkleinern" }
    var zoomToFit: String { "Einpassen" }
    var leadsTo: String { "zu" }
    var comesFrom: String { "von" }
    func from(_ label: String) -> String { "\(label), von" }
}
