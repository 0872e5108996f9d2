import Dispatch
import Foundation

/// Work that blocks for seconds, on a thread of its own.
enum LengthyWork {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "callboard.lengthy").async {
                continuation.resume(with: Swift.Result { try body() })
            }
        }
    }
}

/// Tells files of this process from those of others.
enum ProcessNumber {
    static var current: Int32 { getpid() }
}
