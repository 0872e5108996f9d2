public import Foundation
public import PortalKit

/// A titled part of a page.
public enum Card {
    public static func html(_ title: String, id: String? = nil, action: HTML = .empty, content: HTML) -> HTML {
        HTML { h in
            h(.section, .class("card"), id.map { Attribute.id($0) }) {
                h(.h2) {
                    h.text(title)
                    h.add(action)
                }
                h.add(content)
            }
        }
    }
}

/// Something that people should know before they read on.
public enum Note {
    public enum Tone: String, Sendable { case info, warn, bad }

    public static func html(_ tone: Tone, _ content: HTML) -> HTML {
        HTML { h in
            h(.div, .class("note \(tone.rawValue)"), .role(tone == .bad ? "alert" : "status")) { h.add(content) }
        }
    }
}

/// What stands where there is nothing to show: what this is and what to do.
public enum EmptyState {
    public static func html(_ title: String, _ text: String, action: HTML = .empty) -> HTML {
        HTML { h in
            h(.div, .class("empty")) {
                h(.h2, text: title)
                h(.p, text: text)
                h.add(action)
            }
        }
    }
}

/// Words that are labels.
public enum TagList {
    public static func html(_ tags: [String]) -> HTML {
        HTML { h in h(.div, .class("tags")) { for tag in tags { h(.span, .class("tag"), text: tag) } } }
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
            h(.span, .class("state s-\(tone)")) {
                h.add(shape)
                h(.span, text: text)
            }
        }
    }

    private static let dot = HTML(
        literal:
            "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><circle cx=\"5\" cy=\"5\" r=\"4.5\" fill=\"currentColor\"/></svg>"
    )
    private static let ring = HTML(
        literal:
            "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><circle cx=\"5\" cy=\"5\" r=\"3.7\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/></svg>"
    )
    private static let diamond = HTML(
        literal:
            "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path d=\"M5 0l5 5-5 5-5-5z\" fill=\"currentColor\"/></svg>"
    )
    private static let dash = HTML(
        literal:
            "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path d=\"M1 5h8\" stroke=\"currentColor\" stroke-width=\"1.8\"/></svg>"
    )
}

/// A time, relative for people and exact for machines and on hover.
public enum Time {
    public static func html(_ date: Date, now: Date) -> HTML {
        let exact = date.formatted(.iso8601)
        return HTML { h in h(.time, .datetime(exact), .title(exact), text: relative(date, now: now)) }
    }

    /// `3 minutes ago`
    public static func relative(_ date: Date, now: Date) -> String {
        let seconds = now.timeIntervalSince(date)
        let magnitude = abs(seconds)
        if magnitude < 45 { return "just now" }
        let steps: [(limit: Double, unit: Double, name: String)] = [
            (3_600, 60, "minute"), (86_400, 3_600, "hour"), (2_592_000, 86_400, "day"),
            (31_536_000, 2_592_000, "month"), (.infinity, 31_536_000, "year"),
        ]
        guard let step = steps.first(where: { magnitude < $0.limit }) else { return "long ago" }
        let count = max(1, Int((magnitude / step.unit).rounded()))
        let text = "\(count) \(step.name)\(count == 1 ? "" : "s")"
        return seconds > 0 ? "\(text) ago" : "in \(text)"
    }
}
