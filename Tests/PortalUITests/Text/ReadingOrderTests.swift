import Testing

@testable import PortalUI

/// Where people look for a word among others.
@Suite struct ReadingOrderTests {
    @Test("neither case nor marks on letters send a word elsewhere")
    func order() {
        let words = ["zoo", "Äpfel", "apfel", "Straße", "Banane", "strasse b", "Öl", "ort", "Apfel", "éclair"]
        #expect(
            ReadingOrder.sorted(words) { $0 } == [
                "Apfel", "apfel", "Äpfel", "Banane", "éclair", "Öl", "ort", "Straße", "strasse b", "zoo",
            ])
    }

    @Test("things are in the order of their words, not of their keys")
    func keyed() {
        let titles = ["a": "Teil von", "b": "Hängt ab von", "c": "gehört"]
        #expect(ReadingOrder.sorted(["a", "b", "c"]) { titles[$0] ?? "" } == ["c", "b", "a"])
    }
}
