/// A configuration file that is named without `--config`, as other programs take it.
enum BareConfigFile {
    private static let commands = [["serve"], ["config", "check"], ["config", "print"]]
    private static let endings = [".yaml", ".yml", ".json"]

    /// What to say of it; nil where there is none.
    static func message(for arguments: [String]) -> String? {
        guard let command = commands.first(where: arguments.starts) else { return nil }
        var before = ""
        for argument in arguments.dropFirst(command.count) {
            defer { before = argument }
            if argument.hasPrefix("-") || before == "--config" || !endings.contains(where: argument.hasSuffix) {
                continue
            }
            let whole = (["callboard"] + command).joined(separator: " ")
            return "A configuration file is named by --config, as in: \(whole) --config \(argument)"
        }
        return nil
    }
}
