import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// What a few lines of a file must not be able to make of the memory and the disk.
@Suite final class PlaceholderLimitsTests: Sendable {
    private let reads = Mutex(0)

    private func resolve(_ value: JSONValue, _ files: [String: String]) async throws -> JSONValue {
        let workspace = MemoryWorkspace(files)
        let file = FileLocationReader.make(workspace)
        let counting = LocationReader("file", handles: { $0.type == "file" }, resolve: file.resolve) { [self] request in
            reads.withLock { $0 += 1 }
            return try await file.read(request)
        }
        let placeholders = Placeholders(BuiltInPlaceholders.all, reading: LocationReading(readers: [counting]))
        let place = LocationReference(type: "file", target: "/data/a.yaml")
        var keys: Set<String> = []
        do { return try await placeholders.resolve(value, at: place, origin: place, keys: &keys) } catch {
            throw PlaceholderFailures.only(error)
        }
    }

    private func bundled(_ references: [String], _ files: [String: String]) async throws -> JSONValue {
        let main = JSONValue.object([
            "paths": .array(references.map { .object(JSONObject([("$ref", .string($0))])) })
        ])
        let all = files.merging(["/data/api.json": JSONWriter.text(main)]) { $1 }
        let resolved = try await resolve(["definition": ["$openapi": "./api.json"]], all)
        return try JSONParser.parse(Array((resolved["definition"]?.string ?? "").utf8))
    }

    @Test("a long text that is referred to from everywhere is refused before it is written out")
    func longTexts() async throws {
        let long = ["/data/b.yaml": "t: \(String(repeating: "x", count: 100_000))"]
        await #expect {
            _ = try await bundled([String](repeating: "./b.yaml#/t", count: 500), long)
        } throws: { ($0 as? PortalError)?.kind == .tooLarge }
        let text = ["/data/long.txt": String(repeating: "x", count: 1 << 20)]
        let twenty = JSONValue.array([JSONValue](repeating: ["$text": "./long.txt"], count: 20))
        await #expect {
            _ = try await resolve(twenty, text)
        } throws: { ($0 as? ProcessingProblem)?.name == "ContentTooLargeError" }
        #expect(reads.withLock { $0 } < 30)
    }

    @Test("a file is read once, however often a description refers to it")
    func readOnce() async throws {
        let answer = try await bundled([String](repeating: "./b.yaml#/t", count: 5_000), ["/data/b.yaml": "t: 1"])
        #expect(answer["paths"]?.array?.count == 5_000)
        #expect(reads.withLock { $0 } == 2)
    }

    @Test("the same file by ever other names is read so many times and no more")
    func mostReadings() async throws {
        let names = (0..<3_000).map { "./x\($0)/../b.yaml" }
        await #expect {
            _ = try await bundled(names, ["/data/b.yaml": "t: 1"])
        } throws: { ($0 as? PortalError)?.kind == .tooLarge }
        #expect(reads.withLock { $0 } <= 2_000)
    }

    @Test("pointers are read as they stand in URLs")
    func pointers() async throws {
        let file = ["/data/b.yaml": #"{"a b": {"c/d~e": 7}}"#]
        #expect(try await bundled(["./b.yaml#/a%20b/c~1d~0e"], file) == ["paths": [7]])
    }
}

extension PlaceholderFailures {
    /// What went wrong with the only placeholder that failed.
    static func only(_ error: any Error) -> any Error {
        guard let failures = error as? PlaceholderFailures, failures.all.count == 1 else { return error }
        return failures.all[0].error
    }
}
