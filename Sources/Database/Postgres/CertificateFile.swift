import Foundation

/// A certificate or key as the file that libpq insists on: without a name, so that nothing of it stays behind.
final class CertificateFile: Sendable {
    private let file: Int32

    /// Valid in this process for as long as the object lives.
    var path: String { "/proc/self/fd/\(file)" }

    /// - Throws: `DatabaseError` of kind `connection` where there is no place for temporary files.
    init(_ text: String) throws {
        var name = Array("\(NSTemporaryDirectory())/callboard-XXXXXX".utf8CString)
        file = mkstemp(&name)
        guard file >= 0 else { throw Self.failure }
        unlink(name)
        let bytes = Array(text.utf8)
        guard write(file, bytes, bytes.count) == bytes.count else { throw Self.failure }
    }

    deinit { close(file) }

    private static var failure: DatabaseError {
        DatabaseError(
            .connection,
            "The certificates of PostgreSQL cannot be handed on: \(NSTemporaryDirectory()) is not writable.")
    }

    /// Hands out a setting's certificates as files.
    static func files(of settings: PostgresSettings) throws -> (PostgresSettings, [CertificateFile]) {
        var settings = settings
        let files = try settings.certificates.map { keyword, text in
            let file = try CertificateFile(text)
            settings.parameters[keyword] = file.path
            return file
        }
        settings.certificates = [:]
        return (settings, files)
    }
}
