import PortalKit
import Synchronization

/// How often sources were read by this program, what came of it and how long it took.
final class ReadingMeter: Sendable {
    /// Files take milliseconds, hosts may take as long as they are given.
    private static let classes = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

    private struct Key: Hashable {
        let type: String
        let outcome: String
    }

    private let times = Histogram(classes)
    private let outcomes = Mutex<[Key: Int]>([:])

    /// - Parameter type: of the location; types are those of readers, and so few.
    func note(_ outcome: SourceOutcome, type: String, after time: Duration) {
        times.add(time)
        outcomes.withLock { $0[Key(type: type, outcome: Self.name(outcome)), default: 0] += 1 }
    }

    static func name(_ outcome: SourceOutcome) -> String {
        switch outcome {
        case .unchanged: "unchanged"
        case .read: "read"
        case .missing: "missing"
        case .failed: "failed"
        }
    }

    var families: [MetricFamily] {
        let counts = outcomes.withLock { $0 }.sorted { ($0.key.type, $0.key.outcome) < ($1.key.type, $1.key.outcome) }
        return [
            MetricFamily(
                "callboard_catalog_reading_duration_seconds", .histogram,
                "How long a source took to be read and processed, without its storing.", times.samples()),
            MetricFamily(
                "callboard_catalog_readings_total", .counter, "Readings of sources by type of location and outcome.",
                counts.map {
                    MetricSample(Double($0.value), [.init("type", $0.key.type), .init("outcome", $0.key.outcome)])
                }),
        ]
    }
}
