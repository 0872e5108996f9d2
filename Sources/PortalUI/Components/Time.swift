public import Foundation
public import PortalKit

/// A time, relative for people and exact for machines and on hover.
public enum Time {
    public static func html(_ date: Date, now: Date, _ words: any InterfaceWords) -> HTML {
        let exact = date.formatted(.iso8601)
        return HTML { h in h(.time, .datetime(exact), .title(exact), text: relative(date, now: now, words)) }
    }

    /// `3 minutes ago`
    public static func relative(_ date: Date, now: Date, _ words: any InterfaceWords) -> String {
        let seconds = now.timeIntervalSince(date)
        let magnitude = abs(seconds)
        if magnitude < 45 { return words.justNow }
        let steps: [(limit: Double, seconds: Double, unit: TimeUnit)] = [
            (3_600, 60, .minute), (86_400, 3_600, .hour), (2_592_000, 86_400, .day),
            (31_536_000, 2_592_000, .month), (.infinity, 31_536_000, .year),
        ]
        guard let step = steps.first(where: { magnitude < $0.limit }) else { return words.longAgo }
        return words.relative(max(1, Int((magnitude / step.seconds).rounded())), step.unit, isPast: seconds > 0)
    }
}
