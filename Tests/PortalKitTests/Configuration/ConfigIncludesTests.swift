import EntityModel
import PortalKit
import Testing

/// Files of the configuration that include others.
@Suite struct ConfigIncludesTests {
    private func load(_ files: [String: String], environment: [String: String] = [:]) throws -> AppConfig {
        try AppConfigLoader(environment: environment) { path in
            guard let text = files[path] else { throw PortalError(.notFound, "\(path) does not exist.") }
            return Array(text.utf8)
        }.load(["/portal/app-config.yaml"]).config
    }

    private func message(_ files: [String: String], environment: [String: String] = [:]) -> String {
        do {
            _ = try load(files, environment: environment)
            return ""
        } catch { return (error as? PortalError)?.message ?? "\(error)" }
    }

    @Test("what is included knows its own file and line, and that it was kept apart")
    func origins() throws {
        let config = try load([
            "/portal/app-config.yaml": "a:\n  b: { $include: other.yaml#x.y }\n  c: 1\n",
            "/portal/other.yaml": "x:\n  z: 0\n  y:\n    d: 5\n    e: [6]\n",
        ])
        #expect(config.node("a.b.d").value == 5)
        #expect(config.origin(of: "a.b.d") == AppConfig.Origin(file: "other.yaml", line: 4, isIndirect: true))
        #expect(config.origin(of: "a.b.e[0]") == AppConfig.Origin(file: "other.yaml", line: 5, isIndirect: true))
        #expect(config.origin(of: "a.c") == AppConfig.Origin(file: "app-config.yaml", line: 3))
    }

    @Test("keys with a dollar sign that are no includes are data, as in filters of upstream's extensions")
    func dollarData() throws {
        let config = try load(["/portal/app-config.yaml": "a: { filter: { $not: { kind: { $in: [Group] } } } }"])
        #expect(config.node("a.filter").value == ["$not": ["kind": ["$in": ["Group"]]]])
        #expect(message(["/portal/app-config.yaml": "a: { $env: X, b: 1 }"]).contains("must have $env as its only key"))
    }

    @Test("what is left out is as if it were not written, and others keep their numbers")
    func leftOut() throws {
        let config = try load(["/portal/app-config.yaml": "a: { b: 1, c: [{ x: 1 }, { x: 2, y: 3 }] }"])
        #expect(try #require(config.without("a.b")).node("a").value == ["c": [["x": 1], ["x": 2, "y": 3]]])
        let second = try #require(config.without("a.c[0].none"))
        #expect(try second.node("a.c").items()?.map(\.path) == ["a.c[1]"])
        #expect(!second.node("a.c[0].x").isPresent)
        // What is missing takes the element along that it is missing in.
        #expect(try config.without("a.c[1].z.none")?.node("a.c").items()?.map(\.path) == ["a.c[0]"])
        #expect(try second.without("a.c[1].x")?.node("a.c").items()?.map(\.value) == [["y": 3]])
        #expect(AppConfig().without("a.b") == nil)
    }

    @Test("files that include one another in a circle are an error")
    func circles() {
        let text = "a: { $include: app-config.yaml }\nb: { $include: app-config.yaml }\n"
        #expect(message(["/portal/app-config.yaml": text]).contains("is nested or included too deeply"))
    }

    @Test("files that double at each step are an error before they are large")
    func doubling() {
        var files = ["/portal/app-config.yaml": "a: { $include: f0.yaml }", "/portal/f12.yaml": "end: 1"]
        for step in 0..<12 {
            let include = "- { $include: f\(step + 1).yaml }\n"
            files["/portal/f\(step).yaml"] = include + include + include
        }
        #expect(message(files).contains("one include too many; 1000 are the limit"))
    }

    @Test("includes have a limit of bytes together")
    func bytes() {
        let names = (0..<20).map { "k\($0): { $file: large.txt }" }.joined(separator: "\n")
        let large = String(repeating: "a", count: 4 << 20)
        let text = message(["/portal/app-config.yaml": names, "/portal/large.txt": large])
        #expect(text.contains("all includes together exceed"))
        #expect(text.utf8.count < 200)
    }

    @Test("a variable names no key that is deeper than files may be")
    func deepVariables() {
        let name = "APP_CONFIG_" + Array(repeating: "a", count: 20_000).joined(separator: "_")
        let text = message(["/portal/app-config.yaml": ""], environment: [name: "1"])
        #expect(text.hasSuffix("names no key of app-config."))
    }
}
