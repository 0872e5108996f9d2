import Foundation
public import PortalKit

/// The configuration files of the operator.
public enum ConfigFiles {
    private static let largest = 8 << 20

    /// Loads the named files, or those of the current folder that upstream loads without being told.
    /// - Throws: `PortalError` of kind `input`.
    public static func load(_ paths: [String]) throws -> AppConfigLoader.Loaded { try loader.load(chosen(paths)) }

    /// As `load`, but goes on after includes that are wrong.
    static func loadLeniently(_ paths: [String]) throws -> AppConfigLoader.Loaded {
        try loader.loadLeniently(chosen(paths))
    }

    private static var loader: AppConfigLoader {
        AppConfigLoader(environment: ProcessInfo.processInfo.environment, readFile: read)
    }

    private static func chosen(_ paths: [String]) throws -> [String] {
        paths.isEmpty ? try defaults() : paths.map(absolute)
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
        FilePath.tidied(path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)")
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PortalError(.notFound, "\(path) does not exist.")
        }
        if isFolder(path) {
            throw PortalError(.input, "\(path) is a folder; name a file in it, such as \(path)/app-config.yaml.")
        }
        // Another reading of a pipe would find it empty, and opening one may wait forever.
        guard isRegular(path) else {
            throw PortalError(
                .notAllowed, "\(path) is no regular file, which is needed to read it again after a change.")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw PortalError(.notAllowed, "\(path) may not be read.")
        }
        defer { try? file.close() }
        let read: Data?
        do { read = try file.read(upToCount: largest + 1) } catch {
            throw PortalError(.notAllowed, "\(path) cannot be read.", underlying: error)
        }
        guard let data = read else { return [] }
        guard data.count <= largest else {
            throw PortalError(.tooLarge, "\(path) is larger than \(ByteCount.text(largest)).")
        }
        return Array(data)
    }

    private static func isRegular(_ path: String) -> Bool { type(path) == .typeRegular }
    private static func isFolder(_ path: String) -> Bool { type(path) == .typeDirectory }

    private static func type(_ path: String) -> FileAttributeType? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    }
}
