import Foundation
import PortalKit
import Testing

@testable import Access

/// The key of keys beside the database, on a real file system: links and modes are the matter.
@Suite struct KeyFileTests {
    private func inFolder(_ body: (_ folder: String, _ path: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "callboard-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path, folder.appending(path: KeyFile.name).path)
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func refusal(_ folder: String) -> String? {
        do {
            _ = try KeyFile.secret(in: folder)
            return nil
        } catch { return (error as? PortalError)?.message ?? "\(error)" }
    }

    @Test("a key is made once, for its owner's eyes only, and read ever after") func made() throws {
        try inFolder { folder, path in
            let secret = try KeyFile.secret(in: folder)
            #expect(secret.count == 32)
            #expect(Set(secret).count > 8)
            #expect(try mode(path) == 0o600)
            #expect(try KeyFile.secret(in: folder + "/") == secret)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [KeyFile.name])
        }
    }

    @Test("processes that start together agree on one key") func together() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "callboard-keys-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let secrets = try await withThrowingTaskGroup(of: Data.self) { group in
            for _ in 0..<16 { group.addTask { try KeyFile.secret(in: folder) } }
            return try await group.reduce(into: Set<Data>()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
    }

    @Test("a key that others can read, a link and what is no key are refused with what to do") func refused() throws {
        try inFolder { folder, path in
            _ = try KeyFile.secret(in: folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect(try #require(refusal(folder)).contains("can be read by others; run: chmod 600 '\(path)'"))
            try FileManager.default.removeItem(atPath: path)
            for bytes in [31, 33, 0] {
                let made = FileManager.default.createFile(
                    atPath: path, contents: Data(repeating: 7, count: bytes), attributes: [.posixPermissions: 0o600])
                #expect(made)
                #expect(try #require(refusal(folder)).contains("does not hold a key"))
                try FileManager.default.removeItem(atPath: path)
            }
            let elsewhere = path + ".elsewhere"
            #expect(
                FileManager.default.createFile(
                    atPath: elsewhere, contents: Data(repeating: 7, count: 32), attributes: [.posixPermissions: 0o600]))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
            #expect(try #require(refusal(folder)).contains("cannot be read"))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            #expect(refusal(folder) != nil)
        }
    }

    @Test("a folder that is not there is named, with the way around it") func noFolder() throws {
        try inFolder { folder, _ in
            let message = try #require(refusal(folder + "/absent"))
            #expect(message.contains("\(folder)/absent/\(KeyFile.name) cannot be made"))
            #expect(message.contains("auth.session.secret"))
        }
    }
}
