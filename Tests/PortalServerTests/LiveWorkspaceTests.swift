import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import PortalServer

@Suite struct LiveWorkspaceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a pattern looks into so many folders and no more, and says so")
    func mostFolders() async throws {
        for number in 0..<6 {
            try folder.folder("f\(number)")
            try folder.write("f\(number)/a.yaml")
        }
        let few = LiveWorkspace(mostFolders: 5)
        await #expect {
            _ = try await few.list("**/*.yaml", beneath: folder.path, maximumCount: 100)
        } throws: { error in
            (error as? PortalError)?.kind == .tooLarge
                && (error as? PortalError)?.message.contains("more than 5 folders below \(folder.path)") == true
        }
        #expect(try await few.list("*.yaml", beneath: folder.path, maximumCount: 100) == [])
        // Folders that are left out are not even looked into.
        let without = try await few.list(
            "**/*.yaml", beneath: folder.path, leavingOut: ["f0", "f1"], maximumCount: 100)
        #expect(without == ["f2/a.yaml", "f3/a.yaml", "f4/a.yaml", "f5/a.yaml"])
        let enough = LiveWorkspace(mostFolders: 7)
        #expect(try await enough.list("**/*.yaml", beneath: folder.path, maximumCount: 100).count == 6)
    }

    @Test("a root that is no folder, or a link in a circle, is called what it is")
    func roots() async throws {
        try folder.write("file")
        for (name, target) in [("one", "two"), ("two", "one")] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: "\(folder.path)/\(target)")
        }
        for (name, expected) in [
            ("file", "is no folder."), ("one", "is a symbolic link that leads in a circle."),
            ("none", "does not exist."),
        ] {
            let root = "\(folder.path)/\(name)"
            let error = await #expect(throws: PortalError.self) {
                try await LiveWorkspace().write([1], to: "a.yaml", beneath: root)
            }
            #expect(error?.message == "\(root) \(expected)")
        }
    }

    @Test("where a file system does not say what an entry is, it is looked at")
    func unknownTypes() throws {
        try folder.folder("inner")
        try folder.write("file")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/inner")
        let handle = Foundation.open(folder.path, O_RDONLY | O_DIRECTORY)
        defer { close(handle) }
        let unknown = Int32(DT_UNKNOWN)
        #expect(FolderEntries.isFolder(unknown, "inner", in: handle) == true)
        #expect(FolderEntries.isFolder(unknown, "file", in: handle) == false)
        #expect(FolderEntries.isFolder(unknown, "link", in: handle) == false)
        #expect(FolderEntries.isFolder(unknown, "gone", in: handle) == nil)
        #expect(FolderEntries.isFolder(Int32(DT_FIFO), "file", in: handle) == nil)
    }

    @Test("changes in watched folders are told by their paths")
    func watched() async throws {
        var changes = LiveWorkspace().changes(in: [folder.path]).makeAsyncIterator()
        try folder.write("a.yaml")
        #expect(await changes.next() == [.path("\(folder.path)/a.yaml")])
    }

    @Test("what has been seen is still told when nobody wants more, and then all ends", .timeLimit(.minutes(1)))
    func stopped() async throws {
        for (name, way) in [("a", Watching.Way.system), ("b", .looking(every: .seconds(60)))] {
            let changes = LiveWorkspace(watching: way).changes(in: [folder.path])
            var reader = changes.makeAsyncIterator()
            try folder.write(name)
            changes.stop()
            #expect(await reader.next()?.contains(.path("\(folder.path)/\(name)")) == true)
            #expect(await reader.next() == nil)
        }
    }

    @Test("a watched folder that moves is told, because the watch goes with it")
    func movedFolder() async throws {
        try folder.folder("inner")
        let inner = "\(folder.path)/inner"
        var changes = LiveWorkspace().changes(in: [inner]).makeAsyncIterator()
        #expect(rename(inner, "\(folder.path)/old") == 0)
        #expect(await changes.next() == [.path(inner)])
    }

    @Test("where the system does not watch, folders are looked at, which is logged once")
    func looking() async throws {
        let lines = LogLines()
        try folder.write("old.yaml")
        let workspace = LiveWorkspace(logger: lines.logger, watching: .looking(every: .milliseconds(5)))
        var changes = workspace.changes(in: [folder.path, "\(folder.path)/none"]).makeAsyncIterator()
        try folder.write("new.yaml")
        #expect(await changes.next() == [.path("\(folder.path)/new.yaml")])
        try folder.remove("old.yaml")
        var next = await changes.next()
        // The new file may have been seen while it was still empty.
        if next == [.path("\(folder.path)/new.yaml")] { next = await changes.next() }
        #expect(next?.contains(.path("\(folder.path)/old.yaml")) == true)
        _ = workspace.changes(in: [folder.path])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.contains("fs.inotify.max_user_watches") == true)
    }

    @Test("a look finds what came, went and became another, and nothing else")
    func looks() throws {
        try folder.write("a")
        try folder.write("b")
        var poll = FolderPoll([folder.path])
        #expect(poll.changes() == [])
        try folder.write("a", "longer")
        try folder.remove("b")
        try folder.folder("c")
        #expect(poll.changes() == ["a", "b", "c"].map { "\(folder.path)/\($0)" })
        #expect(poll.changes() == [])
    }

    @Test("when the system's queue was full, everything has to be looked at", .timeLimit(.minutes(1)))
    func overflow() async throws {
        let text = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        let most = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 16_384
        let watch = try #require(FolderWatch([folder.path], quiet: .milliseconds(1)))
        // Nobody takes them yet; those of two files in turn are not joined to one.
        for number in 0...(most + 10) {
            let file = Foundation.open("\(folder.path)/\(number % 2)", O_WRONLY | O_CREAT, 0o644)
            close(file)
        }
        let (seen, continuation) = AsyncStream.makeStream(of: FileChange.self)
        Thread {
            _ = watch.run {
                continuation.yield($0)
                if $0 == .anything {
                    watch.stop()
                    continuation.finish()
                }
            }
            continuation.finish()
        }.start()
        var all: Set<FileChange> = []
        for await change in seen { all.insert(change) }
        #expect(all.contains(.anything))
    }
}
