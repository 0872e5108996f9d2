public import Foundation
public import PortalKit

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
