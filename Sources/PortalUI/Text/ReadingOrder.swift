import Foundation

/// The order in which people look for words: whatever their case, and letters with marks among those without.
public enum ReadingOrder {
    /// - Parameter words: what people see of an element.
    public static func sorted<Element>(_ elements: [Element], by words: (Element) -> String) -> [Element] {
        elements.map { (element: $0, key: key(words($0))) }.sorted { $0.key < $1.key }.map(\.element)
    }

    /// Of two texts, the one with the smaller key stands first; the text itself parts those that read alike.
    public static func key(_ text: String) -> Key { Key(folded: folded(text), text: text) }

    /// Folding marks costs as much as drawing a row, and most texts have none.
    private static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        return text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .replacing("ß", with: "ss")
    }

    /// Where a text stands among others.
    public struct Key: Comparable, Sendable {
        let folded: String
        let text: String

        public static func < (one: Key, other: Key) -> Bool {
            (one.folded, one.text) < (other.folded, other.text)
        }
    }
}
