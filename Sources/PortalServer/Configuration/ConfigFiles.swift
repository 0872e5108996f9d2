import Foundation
public import PortalKit

/// The configuration files of the operator.
public enum ConfigFiles {
    private static let largest = 8 << 20

    /// Loads the named files, or those of the current folder that upstream loads without being told.
    /// - Throws: `PortalError` of kind `input`.
    public static func load(_ paths: [String]) throws -> AppConfigLoader.Loaded {
        let loader = AppConfigLoader(environment: ProcessInfo.processInfo.environment, readFile: read)
        return try loader.load(paths.isEmpty ? try defaults() : paths.map(absolute))
    }

    private static func defaults() throws -> [String] {
        let main = absolute("app-config.yaml")
        guard FileManager.default.fileExists(atPath: main) else {
            throw PortalError(
                .input, "There is no app-config.yaml in this folder. Name one with --config, or start where it is.")
        }
        let local = absolute("app-config.local.yaml")
        return FileManager.default.fileExists(atPath: local) ? [main, local] : [main]
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PortalError(.notFound, "\(path) does not exist.")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw PortalError(.notAllowed, "\(path) may not be read.")
        }
        defer { try? file.close() }
        let read: Data?
        do { read = try file.read(upToCount: largest + 1) } catch {
            throw PortalError(.notAllowed, "\(path) cannot be read; it may be a folder.", underlying: error)
        }
        guard let data = read else { return [] }
        guard data.count <= largest else {
            throw PortalError(.tooLarge, "\(path) is larger than \(largest) bytes.")
        }
        return Array(data)
    }
}
