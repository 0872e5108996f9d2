public import Database

/// A part of the portal, built in or from elsewhere: a type whose `contributions` say what it adds.
///
/// A type in a file named `<Name>Plugin.swift` is found at build time; nothing else needs an edit.
public protocol Plugin: Sendable {
    /// Names the plugin in logs, errors and routes (`/api/<id>`): lowercase letters, digits and dashes.
    static var id: String { get }

    /// The keys of app-config that this plugin reads; it can read no others.
    static var configKeys: [ConfigKey] { get }

    /// Changes to the plugin's own tables, in order of their numbers.
    static var migrations: [Migration] { get }

    /// What always holds in the plugin's own tables.
    static var databaseChecks: [DatabaseCheck] { get }

    /// What the plugin changes in a database that was restored.
    static var restoreSteps: [RestoreStep] { get }

    /// Commands that this plugin adds to the `callboard` program.
    static var commands: [CLICommand] { get }

    /// Makes the plugin, without any I/O. Returns nil where the configuration does not ask for it.
    /// - Throws: `PortalError` of kind `input` where the configuration is wrong.
    init?(_ environment: PluginEnvironment) throws

    /// What the plugin adds: its table of contents.
    var contributions: [any Contribution] { get }
}

extension Plugin {
    public static var configKeys: [ConfigKey] { [] }
    public static var migrations: [Migration] { [] }
    public static var databaseChecks: [DatabaseCheck] { [] }
    public static var restoreSteps: [RestoreStep] { [] }
    public static var commands: [CLICommand] { [] }
}
