import Testing

@testable import callboard

/// Configuration files where no argument is expected.
@Suite struct BareConfigFileTests {
    @Test(
        "whoever names a configuration file without its option is told how",
        arguments: [
            (["serve", "a.yaml"], "callboard serve --config a.yaml"),
            (["serve", "-c", "a.yml"], "callboard serve --config a.yml"),
            (["config", "check", "--config", "b.yaml", "a.json"], "callboard config check --config a.json"),
            (["config", "print", "--format", "json", "a.yaml"], "callboard config print --config a.yaml"),
        ])
    func told(_ arguments: [String], _ expected: String) {
        let message = BareConfigFile.message(for: arguments)
        #expect(message == "A configuration file is named by --config, as in: \(expected)")
    }

    @Test(
        "anything else is left to the parser",
        arguments: [
            [], ["serve"], ["serve", "--config", "a.yaml"], ["serve", "--config=a.yaml"], ["validate", "a.yaml"],
            ["config", "docs", "a.yaml"], ["config"], ["serve", "extra"],
        ])
    func left(_ arguments: [String]) { #expect(BareConfigFile.message(for: arguments) == nil) }
}
