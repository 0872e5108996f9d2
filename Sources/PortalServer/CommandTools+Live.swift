import Foundation
public import PortalKit

extension PortalServer {
    /// What commands of this program work with: the live file layer and the live way out.
    public static func commandTools() -> CommandTools {
        CommandTools(
            files: LiveWorkspace(), fetcher: LiveHTTPFetcher(trustedHosts: TrustedHosts()),
            currentFolder: FileManager.default.currentDirectoryPath,
            print: { line(FileHandle.standardOutput, $0) }, note: { line(FileHandle.standardError, $0) })
    }

    /// A closed pipe at the other end is no reason to fail.
    private static func line(_ handle: FileHandle, _ text: String) {
        try? handle.write(contentsOf: Data((text + "\n").utf8))
    }
}
