import Database
import Foundation
import PortalKit

/// What a failing database means to somebody who wants to come in.
enum StoreFailure {
    static func told<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as DatabaseError {
            throw PortalError(
                .unavailable, "The database that knows who is signed in does not answer; try again.", underlying: error)
        }
    }
}

extension Date {
    /// Whole milliseconds since 1970.
    var storedMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    init(storedMilliseconds: Int64) { self.init(timeIntervalSince1970: Double(storedMilliseconds) / 1_000) }
}
