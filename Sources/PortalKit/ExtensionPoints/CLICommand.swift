public import ArgumentParser

/// A command of the `callboard` program; known before any plugin is made.
///
///     CLICommand(ValidateCommand.self)
public struct CLICommand: Sendable {
    /// A `PortalCommand`, or any other command of ArgumentParser.
    public let type: any ParsableCommand.Type

    public init(_ type: any ParsableCommand.Type) { self.type = type }
}

/// A command that reads files or reaches out: it is given the portal's own ways to do both.
public protocol PortalCommand: AsyncParsableCommand {
    /// Does the work. Throws `PortalError` with a sentence for people, or `ExitCode` once everything has been said.
    mutating func run(with tools: CommandTools) async throws
}

/// What a command works with.
public struct CommandTools: Sendable {
    public let files: any Workspace
    public let fetcher: any HTTPFetcher
    /// Absolute; what relative arguments start from.
    public let currentFolder: String
    /// Reads standard input to its end.
    /// - Throws: `PortalError` of kind `tooLarge` beyond so many bytes.
    public let input: @Sendable (_ maximumBytes: Int) throws -> [UInt8]
    /// Writes a line of the result.
    public let print: @Sendable (String) -> Void
    /// Writes a line beside the result: progress, and what else is for people only.
    public let note: @Sendable (String) -> Void
    /// Shows how far the work is, in place of what was shown before; on a terminal only. Empty text clears it.
    public let progress: @Sendable (String) -> Void

    public init(
        files: any Workspace, fetcher: any HTTPFetcher, currentFolder: String,
        input: @escaping @Sendable (_ maximumBytes: Int) throws -> [UInt8],
        print: @escaping @Sendable (String) -> Void, note: @escaping @Sendable (String) -> Void,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.files = files
        self.fetcher = fetcher
        self.currentFolder = currentFolder
        self.input = input
        self.print = print
        self.note = note
        self.progress = progress
    }

    /// An argument as an absolute path.
    public func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(currentFolder)/\(path)" }
}
