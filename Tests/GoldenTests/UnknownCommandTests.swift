import Testing

@testable import callboard

/// What is said of commands that are not there.
@Suite struct UnknownCommandTests {
    @Test(
        "the commands are listed, and the nearest is suggested",
        arguments: [
            (
                ["foo"],
                "There is no command 'foo' of callboard. The commands are serve, config, backup, restore, migrations, "
                    + "migrate, doctor, validate, generate."
            ),
            (
                ["vaildate", "."],
                "There is no command 'vaildate' of callboard. Did you mean callboard validate? The commands are serve, "
            ),
            (
                ["config", "chek", "--strict"],
                "There is no command 'chek' of callboard config. Did you mean callboard config check? The commands are "
                    + "check, print, docs."
            ),
        ])
    func unknown(_ arguments: [String], _ expected: String) {
        let message = UnknownCommand.message(for: arguments, of: CallboardCommand.self)
        #expect(message?.hasPrefix(expected) == true, "\(message ?? "")")
    }

    @Test(
        "what the parser understands is left to it",
        arguments: [
            [], ["serve"], ["--version"], ["help", "serve"], ["validate", "foo"], ["config"], ["config", "--help"],
            ["config", "check", "x"],
        ])
    func known(_ arguments: [String]) {
        #expect(UnknownCommand.message(for: arguments, of: CallboardCommand.self) == nil)
    }
}
