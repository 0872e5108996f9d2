import Synchronization

/// What several threads come to, in order.
final class ParallelResults<Value: Sendable>: Sendable {
    private let results: Mutex<[Result<Value, any Error>?]>

    init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

    func set(_ index: Int, _ result: Result<Value, any Error>) { results.withLock { $0[index] = result } }

    /// The values, or the first error.
    func all() throws -> [Value] { try results.withLock { $0 }.compactMap { try $0?.get() } }
}
