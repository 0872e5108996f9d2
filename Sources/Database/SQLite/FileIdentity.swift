import Foundation

/// Which file a name meant when it was opened. SQLite goes on writing to a file that somebody has removed, and everything
/// that is acknowledged from then on is gone with the process.
struct FileIdentity: Sendable {
    private let path: String
    private let device: dev_t
    private let number: ino_t

    /// - Returns: nil where there is no such file.
    init?(_ path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        self.path = path
        (device, number) = (facts.st_dev, facts.st_ino)
    }

    /// What to say where the name means no file, or another one, by now; nil while all is well.
    var loss: DatabaseError? {
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_dev == device, facts.st_ino == number { return nil }
        return DatabaseError(
            .connection,
            "The database \(path) was removed or replaced while the portal runs on it. Nothing more is written, because "
                + "it would be lost. Stop the portal, put the file back or restore a backup, and start it again.",
            publicReason: "The database's file was removed or replaced while the portal runs. Nothing is written until "
                + "it is put back, or a backup is restored, and the portal is started again.")
    }

    /// Whether two names mean one file.
    static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = FileIdentity(one), let other = FileIdentity(other) else { return false }
        return one.device == other.device && one.number == other.number
    }
}
