import ArgumentParser
import HTTPTypes
import PortalKit

/// `callboard validate PATH|URL…`
package struct ValidateCommand: PortalCommand {
    package static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Checks entity files as the catalog would read them.",
        discussion: """
            Takes files, folders (every .yaml and .yml below that holds entities), patterns such as \
            'services/**/catalog-info.yaml', http(s) URLs, and - for standard input. Folders named node_modules or \
            .git are not looked into, and files of which templates make entity files are left out.
            Exits with 0 where all is well, 1 where there are errors, 2 where something could not be read.
            """)

    @Argument(help: "What to check; the current folder without any.", completion: .file())
    var paths: [String] = ["."]

    @Option(name: .long, help: "How to print: text, json, sarif, or github for annotations in GitHub Actions.")
    var format: ValidationFormat = .text

    @Option(
        name: .long,
        help: "What to make of references to entities that none of these files declares: off, warn or error.")
    var references: ReferenceMode = .off

    @Flag(name: .long, help: "Fails on warnings too.")
    var strict = false

    private static let foreignFolders: Set = ["node_modules", ".git"]
    private static let mostFiles = 200_000
    private static let largestFile = LocationReading.largestFile

    package init() {}

    package func validate() throws {
        if paths.contains("") {
            throw ValidationError("An argument is empty; name a file, a folder, a pattern, a URL, or -.")
        }
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    }

    package mutating func run(with tools: CommandTools) async throws {
        var validator = EntityFileValidator(files: tools.files)
        for path in paths { await Self.check(path, &validator, tools) }
        validator.finish(references)
        let report = validator.report
        for name in report.skeletons {
            tools.note("\(name) is left out: a template makes entity files of it (${{ in metadata.name).")
        }
        for line in format.lines(report) { tools.print(line) }
        if report.unreadable > 0 { throw ExitCode(2) }
        if report.errorCount > 0 || (strict && !report.problems.isEmpty) { throw ExitCode(1) }
    }

    private static func check(
        _ argument: String, _ validator: inout EntityFileValidator, _ tools: CommandTools
    ) async {
        do {
            if argument == "-" { return await validator.check(try standardInput(tools)) }
            if argument.contains("://") {
                if validator.begin(argument) { await validator.check(try await fetch(argument, tools)) }
                return
            }
            let found = try await list(argument, tools)
            let before = validator.report
            let files = found.files.filter { validator.begin($0.path) }
            for file in files {
                do { await validator.check(try await read(file, isNamed: found.isNamed, tools)) } catch {
                    validator.fail(file.name, error)
                }
            }
            let after = validator.report
            if !found.isNamed, files.count == found.files.count, after.files == before.files,
                after.skeletons.count == before.skeletons.count, after.problems.count == before.problems.count
            {
                validator.warnOfEmpty(argument)
            }
        } catch { validator.fail(URLReference.shown(argument), error) }
    }

    /// What it refers to by relative paths is looked for from the current folder.
    private static func standardInput(_ tools: CommandTools) throws -> EntityFileValidator.File {
        let name = "<stdin>"
        let place = LocationReference(type: "file", target: FilePath.joined(tools.currentFolder, name))
        return .init(name: name, location: place, bytes: try tools.input(largestFile), isNamed: true)
    }

    private static func list(
        _ argument: String, _ tools: CommandTools
    ) async throws -> (files: [(path: String, name: String)], isNamed: Bool) {
        let path = FilePath.normalized(tools.absolute(argument))
        func below(_ folder: String, _ pattern: String) async throws -> [(path: String, name: String)] {
            let names = try await tools.files.list(
                pattern, beneath: folder, leavingOut: GlobPattern.isPattern(path) ? [] : foreignFolders,
                maximumCount: mostFiles)
            return names.map { (FilePath.joined(folder, $0), shown(FilePath.joined(folder, $0), tools)) }
        }
        if GlobPattern.isPattern(path) {
            let folder = FilePath.fixedFolder(of: path)
            let found = try await below(folder, FilePath.relative(path, to: folder) ?? path)
            guard !found.isEmpty else { throw PortalError(.notFound, "No file matches \(argument).") }
            return (found, true)
        }
        do { return (try await below(path, "**/*.{yaml,yml}"), false) } catch let error as PortalError
            where error.kind == .notFound
        {
            return ([(path, argument)], true)
        }
    }

    /// Relative where it lies below the current folder.
    private static func shown(_ path: String, _ tools: CommandTools) -> String {
        FilePath.relative(path, to: FilePath.normalized(tools.currentFolder)) ?? path
    }

    private static func read(
        _ file: (path: String, name: String), isNamed: Bool, _ tools: CommandTools
    ) async throws -> EntityFileValidator.File {
        let folder = FilePath.folder(of: file.path)
        let name = FilePath.relative(file.path, to: folder) ?? file.path
        let bytes = try await tools.files.read(name, beneath: folder, maximumBytes: largestFile)
        return .init(
            name: file.name, location: LocationReference(type: "file", target: file.path), bytes: bytes,
            isNamed: isNamed)
    }

    private static func fetch(_ url: String, _ tools: CommandTools) async throws -> EntityFileValidator.File {
        guard URLReference.parse(url) != nil else {
            throw PortalError(.input, "The address \(URLReference.refusal(of: url)).")
        }
        let answer = try await tools.fetcher.fetch(FetchRequest(.get, url, maximumBytes: largestFile))
        guard answer.status.code == 200 else {
            throw PortalError(.unavailable, "\(URLReference.shown(url)) answered \(answer.status.code).")
        }
        return .init(
            name: URLReference.shown(url), location: LocationReference(type: "url", target: url), bytes: answer.body,
            isNamed: true)
    }
}

extension ReferenceMode: ExpressibleByArgument {}
