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
