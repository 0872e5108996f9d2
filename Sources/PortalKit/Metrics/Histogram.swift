import EntityModel
import Synchronization

/// Counts how long something took, in classes that Prometheus adds up. Fit for the hottest path: one lock that nobody
/// holds for more than a few instructions.
public final class Histogram: Sendable {
    /// The upper ends of the classes for what people wait for, in seconds.
    public static let waits = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private struct Counts {
        /// Of each class alone; the last is for what is above all ends.
        var classes: [Int]
        var sum = 0.0
    }

    private let ends: [Double]
    private let counts: Mutex<Counts>

    /// - Parameter ends: upper ends of the classes in seconds, ascending; an end belongs to its class.
    public init(_ ends: [Double] = waits) {
        self.ends = ends
        counts = Mutex(Counts(classes: Array(repeating: 0, count: ends.count + 1)))
    }

    public func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        let place = ends.firstIndex { seconds <= $0 } ?? ends.count
        counts.withLock { counts in
            counts.classes[place] += 1
            counts.sum += seconds
        }
    }

    /// The samples of a family of kind `histogram`; none where nothing was added.
    public func samples(_ labels: [MetricSample.Label] = []) -> [MetricSample] {
        let counts = counts.withLock { $0 }
        return Self.samples(ends: ends, classes: counts.classes, sum: counts.sum, labels)
    }

    /// The samples of what was counted elsewhere.
    /// - Parameter classes: of each class alone, the last for what is above all ends.
    public static func samples(
        ends: [Double], classes: [Int], sum: Double, _ labels: [MetricSample.Label] = []
    ) -> [MetricSample] {
        var total = 0
        var samples: [MetricSample] = []
        for (end, count) in zip(ends.map(Self.text) + ["+Inf"], classes) {
            total += count
            samples.append(MetricSample(Double(total), labels + [.init("le", end)], suffix: "_bucket"))
        }
        if total == 0 { return [] }
        samples.append(MetricSample(sum, labels, suffix: "_sum"))
        samples.append(MetricSample(Double(total), labels, suffix: "_count"))
        return samples
    }

    private static func text(_ end: Double) -> String { JSONWriter.text(.number(end)) }
}
