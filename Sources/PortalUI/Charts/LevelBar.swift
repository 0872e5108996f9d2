public import PortalKit

/// How far something has come on a ladder of levels, with the name of the level it has reached.
public enum LevelBar {
    /// - Parameters:
    ///   - level: how many levels are reached; what lies outside of the ladder counts as its nearest end.
    ///   - name: of the level that is reached.
    public static func html(_ level: Int, of levels: Int = 5, name: String, _ words: any InterfaceWords) -> HTML {
        let levels = min(max(levels, 1), 10)
        let level = min(max(level, 0), levels)
        return HTML { h in
            h(.span, .class("level")) {
                h(
                    .svg, Attribute("viewBox", "0 0 \(levels * 14 - 2) 12"), .role("img"),
                    .aria("label", words.level(level, of: levels))
                ) {
                    for index in 0..<levels {
                        Draw.rect(h, Double(index * 14) + 1, 1, 10, 10, index < level ? "on" : nil)
                    }
                }
                h(.span, text: name)
            }
        }
    }
}
