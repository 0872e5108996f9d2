import Database
import PortalKit

/// The database with a span for each transaction of a trace: which engine and lane, and how long with its waiting. No
/// statement, no value.
struct TracedDatabase: SQLDatabase {
    let base: any SQLDatabase
    let tracer: Tracer

    var dialect: Dialect { base.dialect }
    var failure: DatabaseError? { base.failure }
    var figures: DatabaseFigures { base.figures }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await tracer.span("database read", .client) { span in
            note(span, "read", nil)
            return try await base.read(body)
        }
    }

    func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await tracer.span("database read", .client) { span in
            note(span, "read", nil)
            return try await base.readAtLength(body)
        }
    }

    @discardableResult
    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await tracer.span("database write", .client) { span in
            note(span, "write", priority)
            return try await base.write(priority: priority, body)
        }
    }

    private func note(_ span: Span?, _ operation: String, _ priority: WritePriority?) {
        guard let span else { return }
        span.set("db.system.name", dialect == .sqlite ? "sqlite" : "postgresql")
        span.set("db.operation.name", .text(operation))
        if let priority { span.set("callboard.lane", priority == .interactive ? "people" : "background") }
    }

    func notifications(_ channel: StaticString) -> AsyncStream<Void> { base.notifications(channel) }
    func close() async { await base.close() }
}
