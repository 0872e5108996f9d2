import Foundation
public import PortalKit

extension PortalServer {
    /// What commands of this program work with: the live file layer and the live way out.
    public static func commandTools() -> CommandTools {
        CommandTools(
            files: LiveWorkspace(), fetcher: LiveHTTPFetcher(trustedHosts: TrustedHosts()),
            currentFolder: FileManager.default.currentDirectoryPath,
            input: input, print: { line(FileHandle.standardOutput, $0) }, note: { line(FileHandle.standardError, $0) },
            progress: show)
    }

    /// Over what was shown before, on one line of the terminal.
    private static func show(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text.prefix(78))".utf8))
    }

    private static func input(_ maximumBytes: Int) throws -> [UInt8] {
        let read: Data?
        do { read = try FileHandle.standardInput.read(upToCount: maximumBytes + 1) } catch {
            throw PortalError(.unavailable, "Standard input cannot be read.", underlying: error)
        }
        guard let data = read else { return [] }
        guard data.count <= maximumBytes else {
            throw PortalError(.tooLarge, "Standard input is larger than \(ByteCount.text(maximumBytes)).")
        }
        return Array(data)
    }

    /// A closed pipe at the other end is no reason to fail.
    private static func line(_ handle: FileHandle, _ text: String) {
        try? handle.write(contentsOf: Data((text + "\n").utf8))
    }
}
