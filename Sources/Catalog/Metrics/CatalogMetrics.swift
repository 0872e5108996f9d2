import Database
import PortalKit

/// The catalog's figures for Prometheus: how much there is, what waits, and how far the read index is behind.
struct CatalogMetrics: Sendable {
    let index: PublishedIndex
    let database: any SQLDatabase
    let readings: ReadingMeter

    var source: MetricSource { MetricSource { try await families() } }

    private func families() async throws -> [MetricFamily] {
        let current = index.current
        let state = try await database.read { try State.read(after: current.head, in: $0) }
        return entities(current) + queue(state) + feed(current, state) + readings.families
    }

    /// What the database knows of queue and feed.
    private struct State: Sendable {
        let totals: SourceOverview.Totals
        /// Milliseconds since the source that waits longest was due; those that were asked for have no such time.
        let oldest: Int64
        let head: Int64
        /// Milliseconds since the oldest change that the index does not have.
        let lag: Int64

        static func read(after number: Int64, in transaction: any Transaction) throws -> State {
            let now = try transaction.now()
            let due = try transaction.row(
                "SELECT MIN(next_at) FROM catalog_sources WHERE next_at > 0 AND next_at <= \(now)")
            let head = try transaction.row("SELECT n FROM catalog_counters WHERE name = 'feed'")
            let missed = try transaction.row("SELECT at FROM catalog_feed WHERE n > \(number) ORDER BY n LIMIT 1")
            return State(
                totals: try SourceOverview.totals(now: now, in: transaction),
                oldest: try due?.optionalInteger(0).map { max(0, now - $0) } ?? 0,
                head: try head?.integer(0) ?? 0, lag: try missed.map { max(0, now - (try $0.integer(0))) } ?? 0)
        }
    }

    private func entities(_ index: CatalogIndex) -> [MetricFamily] {
        let kinds = index.facet("kind", within: nil).sorted { $0.value < $1.value }
        return [
            MetricFamily(
                "callboard_catalog_entities", .gauge, "Entities of the catalog by kind.",
                kinds.map { MetricSample(Double($0.count), [.init("kind", $0.value)]) }),
            MetricFamily(
                "callboard_catalog_index_bytes", .gauge,
                "Memory of the read index: bodies, ready to be sent, and the texts that references and keys share.",
                [
                    MetricSample(Double(index.bodies.bytes), [.init("part", "bodies")]),
                    MetricSample(Double(index.texts.size), [.init("part", "texts")]),
                ]),
        ]
    }

    private func queue(_ state: State) -> [MetricFamily] {
        let totals = state.totals
        return [
            MetricFamily(
                "callboard_catalog_sources", .gauge, "Files and addresses that the catalog reads.",
                Double(totals.sources)),
            MetricFamily(
                "callboard_catalog_sources_failing", .gauge, "Sources whose last reading failed.",
                Double(totals.failing)),
            MetricFamily(
                "callboard_catalog_queue_due", .gauge, "Sources that wait for their reading.", Double(totals.due)),
            MetricFamily(
                "callboard_catalog_queue_reading", .gauge, "Sources that some replica reads now.",
                Double(totals.reading)),
            MetricFamily(
                "callboard_catalog_queue_oldest_seconds", .gauge,
                "How long the source that is most overdue has waited.",
                Double(state.oldest) / 1_000),
        ]
    }

    private func feed(_ index: CatalogIndex, _ state: State) -> [MetricFamily] {
        [
            MetricFamily(
                "callboard_catalog_feed_head", .gauge, "The number of the last change in the database.",
                Double(state.head)),
            MetricFamily(
                "callboard_catalog_index_head", .gauge, "The number of the last change that this replica shows.",
                Double(index.head)),
            MetricFamily(
                "callboard_catalog_feed_lag_seconds", .gauge,
                "The age of the oldest change that this replica does not show yet; 0 where it shows all.",
                Double(state.lag) / 1_000),
        ]
    }
}
