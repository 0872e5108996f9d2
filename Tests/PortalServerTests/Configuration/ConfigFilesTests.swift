import EntityModel
import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import PortalServer

/// The operator's configuration files on a real file system.
@Suite struct ConfigFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func message(_ name: String) -> String {
        do {
            _ = try ConfigFiles.load(["\(folder.path)/\(name)"])
            return ""
        } catch { return (error as? PortalError)?.message ?? "\(error)" }
    }

    @Test("a pipe, a folder and what is not there are refused at once, each in one sentence")
    func refused() throws {
        #expect(mkfifo("\(folder.path)/pipe.yaml", 0o600) == 0)
        try folder.folder("inner")
        let irregular = "is no regular file, which is needed to read it again after a change."
        #expect(message("pipe.yaml") == "\(folder.path)/pipe.yaml \(irregular)")
        #expect(
            message("inner")
                == "\(folder.path)/inner is a folder; name a file in it, such as \(folder.path)/inner/app-config.yaml.")
        #expect(message("none.yaml") == "The configuration file \(folder.path)/none.yaml does not exist.")
    }

    @Test("links to files are followed, and paths are without detours")
    func links() throws {
        try folder.write("real.yaml", "app: { title: Ours }")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link.yaml", withDestinationPath: "\(folder.path)/real.yaml")
        let config = try ConfigFiles.load(["\(folder.path)/.//./link.yaml"]).config
        #expect(config.node("app.title").value == "Ours")
        #expect(config.files == ["\(folder.path)/link.yaml"])
        #expect(config.folder == folder.path)
    }

    @Test("what cannot be included does not keep the rest from being checked and printed")
    func lenient() async throws {
        try folder.write("a.yaml", "app: { title: Ours, baseUrl: { $file: none.txt } }\nzebra: 1")
        let paths = ["\(folder.path)/a.yaml"]
        let printed = try ConfigInspection.printable([], configPaths: paths)
        #expect(printed.root["app"]?["title"] == "Ours")
        #expect(printed.mistakes.count == 1)
        let checked = try await ConfigInspection.check([], configPaths: paths)
        #expect(!checked.isUsable)
        #expect(checked.lines.count == 2)
        #expect(checked.lines[0].hasPrefix("error: Configuration: app.baseUrl includes none.txt, which cannot be read"))
        #expect(checked.lines[1].hasPrefix("warning: zebra is known neither"))
    }
}
