public import PortalKit

/// Words that are labels.
public enum TagList {
    /// - Parameter mostShown: the rest is counted, and listed on hover.
    public static func html(_ tags: [String], mostShown: Int = .max) -> HTML {
        if tags.isEmpty { return .empty }
        return HTML { h in
            h(.div, .class("tags")) {
                for tag in tags.prefix(mostShown) { h(.span, .class("tag"), text: tag) }
                let rest = tags.dropFirst(mostShown)
                if !rest.isEmpty {
                    h(.span, .class("tag more"), .title(rest.joined(separator: ", ")), text: "+\(rest.count)")
                }
            }
        }
    }
}

extension TagList {
    /// - Parameter mostOpen: the long rest is folded.
    public static func html(_ tags: [String], mostOpen: Int, _ words: any InterfaceWords) -> HTML {
        Fold.rest(of: tags, mostOpen: mostOpen, words) { html(Array($0)) }
    }
}

/// A few words of what is wrong, which lead to more of it.
public enum WarningMark {
    /// The words alone, where they lead nowhere.
    public static func text(_ text: String) -> HTML { HTML { h in h(.span, .class("warned"), text: text) } }

    public static func html(_ text: String, _ url: SafeURL) -> HTML {
        HTML { h in
            h(.a, .class("warned"), .href(url)) {
                h.add(Icon.sign(.warning))
                h.text(text)
            }
        }
    }
}

/// How mature an entity is, with a sign of its own for each of the usual words.
public enum Lifecycle {
    public static func html(_ text: String) -> HTML {
        let (tone, shape): (String, HTML) =
            switch text.lowercased() {
            case "production": ("ok", dot)
            case "deprecated": ("warn", diamond)
            case "experimental": ("info", ring)
            default: ("info", dash)
            }
        return HTML { h in
            let isLong = text.utf8.count > longestWord
            h(.span, .class("state s-\(tone)"), isLong ? .title(text) : nil) {
                h.add(shape)
                h(.span, text: text)
            }
        }
    }

    /// Longer words may be cut where there is little room.
    private static let longestWord = 14

    private static let dot = HTML(
        literal: """
            <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.5" fill="currentColor"/></svg>
            """)
    private static let ring = HTML(
        literal: """
            <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="3.7" fill="none" \
            stroke="currentColor" stroke-width="1.8"/></svg>
            """)
    private static let diamond = HTML(
        literal: """
            <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M5 0l5 5-5 5-5-5z" fill="currentColor"/></svg>
            """)
    private static let dash = HTML(
        literal: """
            <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M1 5h8" stroke="currentColor" stroke-width="1.8"/></svg>
            """)
}
