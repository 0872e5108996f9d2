import Database
import PortalKit

/// How busy the database is: who waits, what the pool of PostgreSQL does, how SQLite's writes share their commits.
enum DatabaseMetrics {
    static func families(_ figures: DatabaseFigures) -> [MetricFamily] {
        var families = [
            MetricFamily(
                "callboard_database_waiting", .gauge,
                "Work that waits for a connection of PostgreSQL, or writes for SQLite's writer, by lane.",
                figures.waiting.map { MetricSample(Double($0.count), [.init("lane", $0.lane)]) }),
            MetricFamily(
                "callboard_database_connections", .gauge, "Connections of PostgreSQL's pool by what they do.",
                figures.connections.map { MetricSample(Double($0.count), [.init("state", $0.state)]) }),
        ]
        if let silences = figures.silences {
            families.append(
                MetricFamily(
                    "callboard_database_silences_total", .counter, "How often PostgreSQL did not answer in time.",
                    Double(silences)))
        }
        if let commits = figures.commits {
            families.append(
                histogram(
                    "callboard_database_commit_duration_seconds",
                    "How long a shared commit of SQLite took, with its writes.", commits))
        }
        if let groups = figures.groups {
            families.append(
                histogram("callboard_database_commit_writes", "How many writes shared a commit of SQLite.", groups))
        }
        return families
    }

    private static func histogram(_ name: String, _ help: String, _ tally: DatabaseFigures.Tally) -> MetricFamily {
        MetricFamily(
            name, .histogram, help, Histogram.samples(ends: tally.ends, classes: tally.counts, sum: tally.sum))
    }
}
