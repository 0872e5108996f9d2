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
        try await check.checkPlugins(standardPlugins, files: files)
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
                "{ type: fiel, target: a.yaml }",
                "use file or url (app-config.yaml:4). Did you mean file?"
            ),
            (
                "{ type: file, target: /data/a.yaml, rules: [{ allow: [Compnent] }] }",
                "(app-config.yaml:4). Did you mean Component?"
            ),
            (
                "{ type: file, target: 'https://example.org/a.yaml' }",
                "is 'https://example.org/a.yaml', which is no path; its type must be url (app-config.yaml:4)"
            ),
            (
                "{ type: url, target: 'https://u:shh@example.org/a.yaml?token=shh' }",
                "is 'https://<secret>@example.org/a.yaml?<secret>', which holds a user name or password; leave it out"
            ),
            (
                "{ type: url, target: 'https://h.example/a.yaml?token=shh' }",
                "is 'https://h.example/a.yaml?<secret>', which may not be read; add `host: h.example` to "
                    + "backend.reading.allow (app-config.yaml:4)"
            ),
            (
                "{ type: url, target: 'https://open.example/*.yaml' }",
                "is 'https://open.example/*.yaml', a pattern, which a plain web server cannot search; name each file ("
            ),
            (
                "{ type: url, target: 'https://github.com/o/r/blob/main/a.yaml' }",
                "name the file's raw address, https://raw.githubusercontent.com/o/r/main/a.yaml, and allow "
            ),
            ("{ type: url, target: 'https://exa mple.org/a' }", "which is no http or https URL (app-config.yaml:4)"),
            ("{ type: url, target: 'https:///a' }", "which is no http or https URL (app-config.yaml:4)"),
            (
                "{ type: file, target: ../data }",
                "is '../data', a folder; name a file in it, or a pattern such as ../data/**/catalog-info.yaml ("
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
            "# of a test\ncatalog:\n  locations:\n    - \(location)\n"
                + "backend: { reading: { allow: [{ host: open.example }] } }", ["/data/a.yaml": "a"])
        #expect(found.contains { $0.severity == .warning && $0.message.contains(expected) }, "\(found)")
        #expect(!found.contains { $0.severity == .error })
        #expect(!found.contains { $0.message.contains("shh") })
    }

    @Test(
        "a host that no address can have is named",
        arguments: [
            ("https://a.example/x", "is 'https://a.example/x', which is no host; write a.example, and what follows it"),
            ("a.example/x", "which is no host; write a.example, and"), ("'*'", "which is no host; name each, or"),
        ])
    func hosts(_ host: String, _ expected: String) async throws {
        let found = try await findings("backend: { reading: { allow: [{ host: \(host) }] } }")
        #expect(found.count == 1)
        #expect(found.first?.severity == .warning && found.first?.message.contains(expected) == true, "\(found)")
    }

    @Test("mistakes do not hide advice, nor one another; all of it is in the order of the file")
    func together() async throws {
        let text = """
            catalog:
              readonly: perhaps
              locations:
                - { type: file, target: ./none.yaml }
                - { type: file }
                - { type: ftp, target: a }
              orphanStrategy: delet
            auth:
              session: { secret: short }
              backstageTokenExpiration: soon
            backend:
              listen: here
              database: { client: mysql }
            zebra: 1
            kubernetes: {}
            """
        let lines = try await findings(text).map { "\($0.origin?.line ?? 0) \($0.severity) \($0.message)" }
        let expected = [
            "2 error Configuration: catalog.readonly must be true or false",
            "4 warning Configuration: catalog.locations[0].target is './none.yaml'",
            "5 error Configuration: catalog.locations[1].target is missing",
            "6 warning Configuration: catalog.locations[2].type is 'ftp'",
            "7 error Configuration: catalog.orphanStrategy must be delete or keep (app-config.yaml:7). Did you mean delete?",
            "9 error Configuration: auth.session.secret must be at least 8",
            "10 error Configuration: auth.backstageTokenExpiration must be",
            "12 error Configuration: backend.listen must be a port",
            "13 error Configuration: backend.database.client is 'mysql'",
            "14 warning zebra is known neither",
            "15 unused kubernetes is not used by Callboard (app-config.yaml:15).",
        ]
        #expect(lines.count == expected.count, "\(lines)")
        for (line, start) in zip(lines, expected) { #expect(line.hasPrefix(start)) }
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
            backend: { reading: { allow: [{ host: example.org, paths: [/a] }] } }
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

        func changes(in folders: [String]) -> FileChanges { inner.changes(in: folders) }
    }

    @Test("a pattern with too much below it is not said to match nothing")
    func crowded() async throws {
        let text = "catalog: { locations: [{ type: file, target: '/data/**/*.yaml' }] }"
        #expect(try await findings(text, in: Crowded()) == [])
    }
}
