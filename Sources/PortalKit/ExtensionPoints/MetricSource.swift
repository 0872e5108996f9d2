/// Figures of a plugin for `GET /metrics`, which Prometheus reads.
///
///     MetricSource { [MetricFamily("callboard_shop_orders", .gauge, "Orders that wait.", [MetricSample(3)])] }
public struct MetricSource: Contribution {
    /// Asked for at each reading, so it takes milliseconds at most; what it throws leaves its families out.
    public let collect: @Sendable () async throws -> [MetricFamily]

    public init(_ collect: @escaping @Sendable () async throws -> [MetricFamily]) { self.collect = collect }
}
