import EntityModel

/// Resolves what a configuration file refers to: `$env`, `$file`, `$include` and `${VAR}` within text.
///
/// Only files of the operator reach this; nothing from a repository or a request ever does.
struct ConfigIncludes {
    /// As upstream has it: other keys that begin with a dollar sign are data, such as `$not` in a filter.
    private static let keys: Set<String> = ["$env", "$file", "$include"]
    private static let deepest = 32
    /// Of one load: files that include one another several times over would grow without end.
    private static let mostIncludes = 1_000
    private static let mostBytes = 64 << 20

    let environment: [String: String]
    let readFile: AppConfigLoader.ReadFile
    private(set) var files: [String] = []
    /// Those with nothing but space and comments.
    private(set) var emptyFiles: Set<String> = []
    /// What could not be included.
    private(set) var mistakes: [PortalError] = []
    /// What is absent because a variable is not set, by path: where it is written, and which variable.
    private(set) var unset: [String: AppConfig.Absence] = [:]
    private var includedBytes = 0
    private var includeCount = 0

    init(environment: [String: String], readFile: @escaping AppConfigLoader.ReadFile) {
        self.environment = environment
        self.readFile = readFile
    }

    /// One file, resolved; an empty one is an empty object.
    mutating func tree(_ bytes: [UInt8], path: String, name: String) throws -> ConfigTree {
        let documents = YAMLReader.documents(bytes)
        guard documents.count <= 1 else {
            throw PortalError(.input, "\(name) has \(documents.count) documents; configuration is one.")
        }
        guard let document = documents.first else { return empty(path) }
        let value: JSONValue
        do { value = try document.value.get() } catch {
            throw PortalError(.input, "\(name):\(error.position.line):\(error.position.column): \(error.message).")
        }
        if value.isNull { return empty(path) }
        guard value.object != nil else {
            throw PortalError(
                .input,
                "\(name): a configuration file has keys such as app, backend and catalog at its top, but found "
                    + "\(value.typeName).")
        }
        let file = File(path: path, name: name, document: document)
        return try resolve(value, at: [], in: file, depth: 0) ?? .object([], nil)
    }

    private mutating func empty(_ path: String) -> ConfigTree {
        emptyFiles.insert(path)
        return .object([], nil)
    }

    private struct File {
        let path: String
        let name: String
        let document: YAMLDocument
        /// The file's values were kept apart from the configuration on purpose.
        var isIncluded = false
        /// Where in the configuration the file's values begin, and where in the file.
        var start: (path: Int, keys: [String]) = (0, [])

        func origin(_ path: [String], isIndirect: Bool = false) -> AppConfig.Origin {
            let keys = path.dropFirst(start.path).map { $0.hasPrefix("[") ? String($0.dropFirst().dropLast()) : $0 }
            return AppConfig.Origin(
                file: name, line: document.position(of: start.keys + keys).line, isIndirect: isIndirect || isIncluded)
        }
    }

    /// Nil where a variable is missing: the value is then absent, as upstream has it.
    private mutating func resolve(
        _ value: JSONValue, at path: [String], in file: File, depth: Int
    ) throws -> ConfigTree? {
        guard depth < Self.deepest else { throw tooMuch(path, file, "is nested or included too deeply") }
        switch value {
        case .string(let text):
            guard text.contains("${") else { return .leaf(value, file.origin(path)) }
            guard let text = try substituted(text, path, file) else { return nil }
            return .leaf(.string(text), file.origin(path, isIndirect: true))
        case .array(let list):
            var items: [ConfigTree] = []
            for (index, item) in list.enumerated() {
                if let item = try resolve(item, at: path + ["[\(index)]"], in: file, depth: depth + 1) {
                    items.append(item)
                }
            }
            return .list(items, file.origin(path))
        case .object(let object):
            if let key = object.keys.first(where: Self.keys.contains) {
                do {
                    guard object.count == 1, let argument = object[key]?.string else {
                        throw wrong(path, file, "must have \(key) as its only key, with a text")
                    }
                    return try include(key, argument, at: path, in: file, depth: depth)
                } catch let error as PortalError where error.kind == .input {
                    mistakes.append(error)
                    return nil
                }
            }
            var members: [(key: String, value: ConfigTree)] = []
            for (key, member) in object.members {
                if let member = try resolve(member, at: path + [key], in: file, depth: depth + 1) {
                    members.append((key, member))
                }
            }
            return .object(members, path.isEmpty ? nil : file.origin(path))
        default: return .leaf(value, file.origin(path))
        }
    }

    private mutating func include(
        _ key: String, _ argument: String, at path: [String], in file: File, depth: Int
    ) throws -> ConfigTree? {
        guard let argument = try substituted(argument, path, file) else { return nil }
        switch key {
        case "$env":
            guard let value = environment[argument] else { return miss(argument, path, file) }
            return .leaf(.string(value), file.origin(path, isIndirect: true))
        case "$file":
            let bytes = try read(argument, path, file)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw wrong(path, file, "includes \(argument), which is not text in UTF-8")
            }
            return .leaf(.string(text.trimmed), file.origin(path, isIndirect: true))
        default: return try includeData(argument, at: path, in: file, depth: depth)
        }
    }

    /// `$include: other.yaml#some.key`
    private mutating func includeData(
        _ argument: String, at path: [String], in file: File, depth: Int
    ) throws -> ConfigTree? {
        let parts = argument.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard [".yaml", ".yml", ".json"].contains(where: parts[0].hasSuffix) else {
            throw wrong(path, file, "includes \(parts[0]), which is neither .yaml, .yml nor .json")
        }
        let bytes = try read(parts[0], path, file)
        let included = absolute(parts[0], file)
        guard let document = YAMLReader.documents(bytes).first else {
            emptyFiles.insert(included)
            return nil
        }
        var value: JSONValue
        do { value = try document.value.get() } catch {
            throw wrong(
                path, file, "includes \(parts[0]), which is wrong in line \(error.position.line): \(error.message)")
        }
        if value.isNull { emptyFiles.insert(included) }
        let keys = parts.count > 1 ? parts[1].split(separator: ".").map(String.init) : []
        for key in keys {
            guard let member = value[key] else { throw wrong(path, file, "includes \(argument), which has no \(key)") }
            value = member
        }
        let inner = File(
            path: included, name: AppConfigLoader.name(of: included), document: document,
            isIncluded: true, start: (path.count, keys))
        return try resolve(value, at: path, in: inner, depth: depth + 1)
    }

    private mutating func read(_ relative: String, _ path: [String], _ file: File) throws -> [UInt8] {
        let target = absolute(relative, file)
        includeCount += 1
        guard includeCount <= Self.mostIncludes else {
            throw tooMuch(path, file, "is one include too many; \(Self.mostIncludes) are the limit")
        }
        do {
            let bytes = try readFile(target)
            includedBytes += bytes.count
            guard includedBytes <= Self.mostBytes else {
                throw tooMuch(
                    path, file, "includes \(relative); all includes together exceed \(ByteCount.text(Self.mostBytes))")
            }
            if !files.contains(target) { files.append(target) }
            return bytes
        } catch let error as PortalError where error.configMistake == nil {
            let reason = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
            throw wrong(path, file, "includes \(relative), which cannot be read: \(reason)")
        }
    }

    private func absolute(_ path: String, _ file: File) -> String {
        path.hasPrefix("/") ? path : "\(FilePath.folder(of: file.path))/\(path)"
    }

    /// `${VAR}` and `${VAR:-default}`; `$${` stands for `${`. Nil where a variable is not set.
    private mutating func substituted(_ text: String, _ path: [String], _ file: File) throws -> String? {
        var out = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                out += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
                let name = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
                guard let value = variable(String(name)) else { return miss(String(name), path, file) }
                out += value
                rest = rest[rest.index(after: end)...]
            } else {
                out += "$"
                rest = rest.dropFirst()
            }
        }
        return out + rest
    }

    /// Notes that a value is absent because nobody set its variable.
    private mutating func miss<Value>(_ variable: String, _ path: [String], _ file: File) -> Value? {
        let absence = AppConfig.Absence(origin: file.origin(path), variable: variable)
        unset[ConfigPath.text(path)] = absence
        return nil
    }

    private func variable(_ expression: String) -> String? {
        guard let mark = expression.firstRange(of: ":-") else { return environment[expression.trimmed] }
        let value = environment[expression[..<mark.lowerBound].trimmed] ?? ""
        return value.isEmpty ? String(expression[mark.upperBound...]) : value
    }

    private func wrong(_ path: [String], _ file: File, _ what: String) -> PortalError {
        mistake(.input, path, file, what)
    }

    /// Ends the load: after this there may be no end of more.
    private func tooMuch(_ path: [String], _ file: File, _ what: String) -> PortalError {
        mistake(.tooLarge, path, file, what)
    }

    private func mistake(
        _ kind: PortalError.Kind, _ path: [String], _ file: File, _ what: String
    ) -> PortalError {
        let origin = file.origin(path)
        let text = ConfigPath.text(path)
        return PortalError(
            kind, "Configuration: \(text) \(what) (\(origin)).", underlying: ConfigMistake(path: text, origin: origin))
    }
}
