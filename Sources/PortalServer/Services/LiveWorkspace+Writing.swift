import CLinux
import Foundation
import PortalKit

extension LiveWorkspace {
    func write(_ bytes: [UInt8], to path: String, beneath root: String) async throws {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last, name != ".", name != ".." else {
            throw PortalError(.input, "\(path) names no file.")
        }
        let folder = try openFolder(parts.dropLast(), beneath: root)
        defer { close(folder) }
        // Readers see the old file or the new one, never a part of it.
        let draft = ".\(name).\(UInt32.random(in: .min ... .max))"
        let file = callboard_create_beneath(folder, draft)
        if file < 0 { throw failure(path, -file) }
        defer { close(file) }
        do {
            try writeAll(bytes, file, path)
            guard renameat(folder, draft, folder, name) == 0 else { throw failure(path, errno) }
        } catch {
            unlinkat(folder, draft, 0)
            throw error
        }
    }

    private func writeAll(_ bytes: [UInt8], _ file: Int32, _ path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { throw failure(path, errno) }
            written += max(count, 0)
        }
    }

    /// Opens a folder below the root, making what is missing on the way.
    private func openFolder(_ parts: some Sequence<String>, beneath root: String) throws -> Int32 {
        var folder = try open("", beneath: root, callboard_read_folder)
        for part in parts {
            if mkdirat(folder, part, 0o755) != 0 && errno != EEXIST {
                let number = errno
                close(folder)
                throw failure(part, number)
            }
            let next = callboard_open_beneath(folder, part, callboard_read_folder)
            close(folder)
            if next < 0 { throw failure(part, -next) }
            folder = next
        }
        return folder
    }
}
