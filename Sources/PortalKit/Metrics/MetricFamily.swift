/// Figures of one name, as Prometheus reads them (its text format 0.0.4).
public struct MetricFamily: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// Grows alone, and begins anew with the program; its name ends in `_total`.
        case counter
        case gauge
        case histogram
    }

    /// Letters, digits and underscores, with the unit last: `callboard_catalog_queue_oldest_seconds`.
    public let name: String
    public let kind: Kind
    /// One sentence for whoever makes a dashboard of it.
    public let help: String
    public var samples: [MetricSample]

    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [MetricSample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A figure without labels.
    public init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help, [MetricSample(value)])
    }
}

/// One figure of a family.
public struct MetricSample: Sendable, Hashable {
    public struct Label: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What follows the family's name: `_bucket`, `_sum` and `_count` of a histogram; else empty.
    public let suffix: String
    public let labels: [Label]
    public let value: Double

    public init(_ value: Double, _ labels: [Label] = [], suffix: String = "") {
        self.value = value
        self.labels = labels
        self.suffix = suffix
    }
}
