import GRDB
import Testing

@testable import Database

/// What follows from a disk that did not keep what it was given. `make faults` lets a real one fail.
@Suite struct FailedSyncTests {
    @Test("a failed sync ends all writing", arguments: [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC])
    func sync(_ code: ResultCode) throws {
        let failure = try #require(SQLiteErrors.failedSync(GRDB.DatabaseError(resultCode: code)))
        #expect(failure.kind == .connection)
        #expect(failure.message.contains("start the portal again"))
        #expect(failure.publicReason?.hasPrefix("A write could not be kept by the disk") == true)
    }

    @Test(
        "what passes by itself ends nothing",
        arguments: [ResultCode.SQLITE_FULL, .SQLITE_IOERR_READ, .SQLITE_IOERR_WRITE, .SQLITE_BUSY])
    func others(_ code: ResultCode) {
        #expect(SQLiteErrors.failedSync(GRDB.DatabaseError(resultCode: code)) == nil)
    }
}
