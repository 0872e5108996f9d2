public import ArgumentParser

/// A command of the `callboard` program; known before any plugin is made.
///
///     CLICommand(ValidateCommand.self)
public struct CLICommand: Sendable {
    /// An `AsyncParsableCommand` or a `ParsableCommand`.
    public let type: any ParsableCommand.Type

    public init(_ type: any ParsableCommand.Type) { self.type = type }
}
