/// Restoring to a file of SQLite: the new one is made beside it and takes its place in one step.
struct SQLiteRestore: Sendable {
    let file: String
    let replaces: Bool

    /// - Parameter fill: fills a database without tables.
    func run(
        _ fill: @escaping @Sendable (any Transaction) throws -> [Migration],
        _ report: @escaping @Sendable ([Migration], String?) -> Restoration.Report
    ) async throws -> Restoration.Report {
        // It makes the folder, and stays held until all is done.
        let lock = try PortalLock.hold(file)
        defer { withExtendedLifetime(lock) {} }
        let hasOld = hasOld
        if hasOld, !replaces { throw Restoration.notEmpty("The database \(file) is there") }
        let part = "\(file).restoring-\(ProcessNumber.current)"
        do {
            try DurableFile.make(part)
            let migrated = try await LengthyWork.run {
                let archive = try SQLiteArchive.writing(part)
                defer { archive.close() }
                return try archive.transaction(fill)
            }
            try DurableFile.sync(part)
            let kept = try keepOld()
            try DurableFile.place(part, at: file, replaces: true)
            return report(migrated, hasOld ? kept : nil)
        } catch {
            for ending in ["", "-journal"] { DurableFile.remove(part + ending) }
            throw error
        }
    }

    private var hasOld: Bool { DurableFile.size(file) > 0 }

    /// Gives the old file another name, with what its journals still hold. The new one must never meet them: SQLite would
    /// play them into it, also those of a database that somebody has removed.
    private func keepOld() throws -> String {
        let hasOld = hasOld
        if hasOld { SQLiteArchive.settle(file) }
        var name = "\(file).before-restore"
        var number = 1
        while DurableFile.isThere(name) || DurableFile.isThere("\(name)-wal") {
            number += 1
            name = "\(file).before-restore-\(number)"
        }
        if hasOld { try DurableFile.keep(file, as: name) }
        for ending in ["-wal", "-journal"] where DurableFile.size(file + ending) > 0 {
            try DurableFile.place(file + ending, at: name + ending, replaces: true)
        }
        for ending in ["-wal", "-shm", "-journal"] { DurableFile.remove(file + ending) }
        return name
    }
}
