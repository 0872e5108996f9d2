import ArgumentParser
import EntityModel

/// A word where the name of a command is expected, and there is no such command.
enum UnknownCommand {
    /// What to say of it; nil where every name is known.
    static func message(for arguments: [String], of root: any ParsableCommand.Type) -> String? {
        var command = root
        for (depth, argument) in arguments.enumerated() {
            let commands = command.configuration.subcommands
            // Options may stand before nothing else; the parser knows them.
            if commands.isEmpty || argument.hasPrefix("-") || (depth == 0 && argument == "help") { return nil }
            guard let next = commands.first(where: { $0._commandName == argument }) else {
                return sentence(argument, Array(arguments.prefix(depth)), commands.map { $0._commandName })
            }
            command = next
        }
        return nil
    }

    private static func sentence(_ word: String, _ before: [String], _ names: [String]) -> String {
        let whole = (["callboard"] + before).joined(separator: " ")
        let near = NearWord.of(word, among: names).map { " Did you mean \(whole) \($0)?" } ?? ""
        return "There is no command '\(word)' of \(whole).\(near) The commands are \(names.joined(separator: ", "))."
    }
}
