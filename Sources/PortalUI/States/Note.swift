public import PortalKit

/// Something that people should know before they read on.
public enum Note {
    /// How much it matters; each has a sign of its own.
    public enum Tone: String, Sendable, CaseIterable { case info, warn, bad }

    /// - Parameters:
    ///   - title: what happened, in a few words.
    ///   - content: why, and what mends it.
    public static func html(_ tone: Tone, _ title: String? = nil, _ content: HTML) -> HTML {
        HTML { h in
            h(.div, .class("note \(tone.rawValue)"), .role(tone == .bad ? "alert" : "status")) {
                h.add(Icon.sign(tone == .info ? .info : .warning))
                h(.div) {
                    if let title { h(.strong, text: title) }
                    h.add(content)
                }
            }
        }
    }

    /// A note of one sentence.
    public static func text(_ tone: Tone, _ title: String? = nil, _ text: String) -> HTML {
        html(tone, title, HTML { h in h(.p, text: text) })
    }
}
