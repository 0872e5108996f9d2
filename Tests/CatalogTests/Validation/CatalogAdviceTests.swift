import EntityModel
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// What `callboard config check` says of the catalog beyond keys and types.
@Suite struct CatalogAdviceTests {
    private func findings(_ text: String, _ files: [String: String] = [:]) async throws -> [ConfigCheck.Finding] {
        try await findings(text, in: MemoryWorkspace(files))
    }

    private func findings(_ text: String, in files: any Workspace) async throws -> [ConfigCheck.Finding] {
        let config = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }
            .load(["/portal/app-config.yaml"]).config
        var check = ConfigCheck(config, keys: ConfigInspection.keys(standardPlugins))
        try await check.checkPlugins(standardPlugins, config, files: files)
        return check.findings
    }

    @Test(
        "locations and kinds that lead to nothing are named with place and mend, and do not keep the portal from starting",
        arguments: [
            (
                "{ type: ftp, target: 'ftp://h/a.yaml' }",
                "catalog.locations[0].type is 'ftp', which nothing here reads; use file or url (app-config.yaml:4)"
            ),
            (
                "{ type: file, target: ./none.yaml }",
                "catalog.locations[0].target is './none.yaml', which does not exist; looked for at /portal/none.yaml and "
                    + "/portal/packages/backend/none.yaml (app-config.yaml:4)"
            ),
            (
                "{ type: url, target: 'not a url' }",
                "catalog.locations[0].target is 'not a url', which is no http or https URL (app-config.yaml:4)"
            ),
            (
                "{ type: file, target: '/data/*.yml' }",
                "'/data/*.yml', which matches no file; looked for at /data/*.yml ("
            ),
            (
                "{ type: file, target: /data/a.yaml, rules: [{ allow: [Compnent] }] }",
                "catalog.locations[0].rules[0].allow[0] is 'Compnent', a kind that this portal does not have; there are "
            ),
        ])
    func named(_ location: String, _ expected: String) async throws {
        let found = try await findings(
            "# of a test\ncatalog:\n  locations:\n    - \(location)\n", ["/data/a.yaml": "a"])
        #expect(found.contains { $0.severity == .warning && $0.message.contains(expected) }, "\(found)")
        #expect(!found.contains { $0.severity == .error })
    }

    @Test("what is there is not spoken of")
    func quiet() async throws {
        let text = """
            catalog:
              rules: [{ allow: [component, { kind: Group }] }]
              locations:
                - { type: file, target: ./a.yaml }
                - { type: file, target: ./b.yaml }
                - { type: file, target: '../data/**/*.yaml' }
                - { type: url, target: 'https://example.org/a.yaml' }
            """
        let files = ["/portal/a.yaml": "a", "/portal/packages/backend/b.yaml": "b", "/data/x/c.yaml": "c"]
        #expect(try await findings(text, files) == [])
    }

    /// Folders with more in them than anybody looks through.
    private struct Crowded: Workspace {
        let inner = MemoryWorkspace()

        func read(_ path: String, beneath root: String, maximumBytes: Int) async throws -> [UInt8] {
            try await inner.read(path, beneath: root, maximumBytes: maximumBytes)
        }

        func stamp(of path: String, beneath root: String) async throws -> String {
            try await inner.stamp(of: path, beneath: root)
        }

        func list(_ glob: String, beneath root: String, maximumCount: Int) async throws -> [String] {
            throw PortalError(.tooLarge, "The pattern \(glob) looks into more than 5 folders below \(root).")
        }

        func write(_ bytes: [UInt8], to path: String, beneath root: String) async throws {
            try await inner.write(bytes, to: path, beneath: root)
        }

        func changes(in folders: [String]) -> AsyncStream<FileChange> { inner.changes(in: folders) }
    }

    @Test("a pattern with too much below it is not said to match nothing")
    func crowded() async throws {
        let text = "catalog: { locations: [{ type: file, target: '/data/**/*.yaml' }] }"
        #expect(try await findings(text, in: Crowded()) == [])
    }
}
