import Crypto
import Foundation
import PortalKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file beside the SQLite database that holds the key of keys where no secret is configured.
///
/// Its path comes from the operator's configuration alone. It is made whole or not at all (a temporary file that
/// is linked to its name), so two processes that start together agree on one key.
enum KeyFile {
    static let name = "callboard.key"
    private static let byteCount = 32

    /// Reads the key, making the file where there is none.
    /// - Throws: `PortalError` of kind `input` for a file that others can read, that is no key or cannot be made.
    static func secret(in folder: String) throws -> Data {
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        if let existing = try read(path) { return existing }
        try make(path)
        guard let made = try read(path) else { throw failure(path, "vanished while it was made") }
        return made
    }

    private static func read(_ path: String) throws -> Data? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        if file < 0 {
            if errno == ENOENT { return nil }
            throw failure(path, "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure(path, "is no regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw failure(path, "can be read by others; run: chmod 600 '\(path)'")
        }
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        let count = readBytes(file, &bytes)
        guard count == byteCount else {
            throw failure(path, "does not hold a key; remove it to have a new one made")
        }
        return Data(bytes.prefix(byteCount))
    }

    private static func make(_ path: String) throws {
        let temporary = "\(path).\(UInt64.random(in: .min ... .max))"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file < 0 { throw failure(path, "cannot be made: \(String(cString: strerror(errno)))") }
        defer { unlink(temporary) }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let written = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        close(file)
        guard written else { throw failure(path, "cannot be written") }
        if link(temporary, path) != 0, errno != EEXIST {
            throw failure(path, "cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    private static func readBytes(_ file: Int32, _ bytes: inout [UInt8]) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, &bytes, bytes.count)
        #else
            Darwin.read(file, &bytes, bytes.count)
        #endif
    }

    private static func failure(_ path: String, _ what: String) -> PortalError {
        PortalError(
            .input, "The key file \(path) \(what). Or set auth.session.secret, and no key file is needed.")
    }
}
