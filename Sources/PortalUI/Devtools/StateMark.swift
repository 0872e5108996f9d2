public import PortalKit

/// How something is, by a sign of its own shape and a word: never by colour alone.
public enum StateMark {
    public enum Tone: String, Sendable, CaseIterable { case ok, info, warn, bad, none }

    public static func html(_ tone: Tone, _ text: String) -> HTML {
        HTML { h in
            h(.span, .class(tone == .none ? "state quiet-state" : "state s-\(tone.rawValue)")) {
                h.add(sign(tone))
                h(.span, text: text)
            }
        }
    }

    private static func sign(_ tone: Tone) -> HTML {
        switch tone {
        case .ok:
            HTML(
                literal: """
                    <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.5" fill="currentColor"/></svg>
                    """)
        case .info:
            HTML(
                literal: """
                    <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="3.7" fill="none" \
                    stroke="currentColor" stroke-width="1.8"/></svg>
                    """)
        case .warn:
            HTML(
                literal: """
                    <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M5 0l5 5-5 5-5-5z" fill="currentColor"/></svg>
                    """)
        case .bad:
            HTML(
                literal: """
                    <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M1.500 1.500l7 7M8.500 1.500l-7 7" \
                    stroke="currentColor" stroke-width="2"/></svg>
                    """)
        case .none:
            HTML(
                literal: """
                    <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M1 5h8" stroke="currentColor" \
                    stroke-width="1.800"/></svg>
                    """)
        }
    }
}
