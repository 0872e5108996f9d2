import EntityModel

/// Reads and merges app-config as upstream's config-loader does: files in their order, then `APP_CONFIG_*` variables.
///
/// Objects are merged, everything else is replaced; null replaces what earlier files say by nothing.
public struct AppConfigLoader: Sendable {
    /// Reads a file whole.
    /// - Throws: `PortalError` of kind `notFound` where there is none.
    public typealias ReadFile = @Sendable (_ path: String) throws -> [UInt8]

    /// As deep as files may be nested.
    private static let deepestVariable = 32

    private let environment: [String: String]
    private let readFile: ReadFile

    public init(environment: [String: String], readFile: @escaping ReadFile) {
        self.environment = environment
        self.readFile = readFile
    }

    /// What a load yields: the configuration, and what of it could not be read.
    public struct Loaded: Sendable {
        public let config: AppConfig
        /// What could not be included; it is absent from the configuration.
        public let mistakes: [PortalError]
    }

    /// - Parameter paths: absolute paths, of which later ones win.
    /// - Throws: `PortalError` of kind `input` that names file and line.
    public func load(_ paths: [String]) throws -> Loaded {
        let loaded = try loadLeniently(paths)
        if let mistake = loaded.mistakes.first { throw mistake }
        return loaded
    }

    /// Goes on after includes that are wrong, so that whoever looks for mistakes sees all of them.
    /// - Throws: `PortalError` of kind `input` for files that cannot be read at all.
    public func loadLeniently(_ paths: [String]) throws -> Loaded {
        var merged = ConfigTree.object([], nil)
        var files: [String] = []
        var emptyFiles: Set<String> = []
        var mistakes: [PortalError] = []
        var absences: [String: AppConfig.Absence] = [:]
        for path in paths {
            let name = Self.name(of: path)
            let bytes: [UInt8]
            do { bytes = try readFile(path) } catch let error as PortalError where error.kind == .notFound {
                throw PortalError(.input, "The configuration file \(path) does not exist.")
            }
            files.append(path)
            var includes = ConfigIncludes(environment: environment, readFile: readFile)
            let tree = try includes.tree(bytes, path: path, name: name)
            files += includes.files
            emptyFiles.formUnion(includes.emptyFiles)
            mistakes += includes.mistakes
            absences.merge(includes.unset) { $1 }
            merged = merged.merged(with: tree)
        }
        merged = merged.merged(with: try variables())
        var origins: [String: AppConfig.Origin] = [:]
        let root = merged.value(at: [], &origins)?.object ?? [:]
        let folder = paths.first.map(FilePath.folder) ?? "/"
        return Loaded(
            config: AppConfig(
                root, origins: origins, absences: absences, folder: folder, files: files, emptyFiles: emptyFiles),
            mistakes: mistakes)
    }

    /// `APP_CONFIG_backend_listen_port=7008`: the name's parts are keys, the value is JSON or else text.
    private func variables() throws -> ConfigTree {
        var tree = ConfigTree.object([], nil)
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("APP_CONFIG_") {
            let parts = name.dropFirst("APP_CONFIG_".count).split(separator: "_", omittingEmptySubsequences: false)
            guard !parts.isEmpty, parts.count <= Self.deepestVariable, parts.allSatisfy({ !$0.isEmpty }) else {
                throw PortalError(.input, "The variable \(name) names no key of app-config.")
            }
            let value = (try? JSONParser.parse(Array(text.utf8))) ?? .string(text)
            let origin = AppConfig.Origin(file: name, isIndirect: true)
            let leaf = ConfigTree(value, origin)
            tree = tree.merged(
                with: parts.reversed().reduce(leaf) { .object([(key: String($1), value: $0)], origin) })
        }
        return tree
    }

    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A configuration on its way: values with their origins.
indirect enum ConfigTree {
    case object([(key: String, value: ConfigTree)], AppConfig.Origin?)
    case list([ConfigTree], AppConfig.Origin)
    case leaf(JSONValue, AppConfig.Origin)

    init(_ value: JSONValue, _ origin: AppConfig.Origin) {
        switch value {
        case .object(let object): self = .object(object.members.map { ($0.key, ConfigTree($0.value, origin)) }, origin)
        case .array(let list): self = .list(list.map { ConfigTree($0, origin) }, origin)
        default: self = .leaf(value, origin)
        }
    }

    func merged(with later: ConfigTree) -> ConfigTree {
        guard case .object(var mine, let origin) = self, case .object(let theirs, let laterOrigin) = later else {
            return later
        }
        for (key, value) in theirs {
            if let index = mine.firstIndex(where: { $0.key == key }) {
                mine[index].value = mine[index].value.merged(with: value)
            } else {
                mine.append((key, value))
            }
        }
        return .object(mine, origin ?? laterOrigin)
    }

    func value(at path: [String], _ origins: inout [String: AppConfig.Origin]) -> JSONValue? {
        switch self {
        case .leaf(let value, let origin):
            Self.note(origin, path, &origins)
            return value
        case .list(let list, let origin):
            Self.note(origin, path, &origins)
            return .array(list.enumerated().compactMap { $1.value(at: path + ["[\($0)]"], &origins) })
        case .object(let members, let origin):
            if let origin { Self.note(origin, path, &origins) }
            var object = JSONObject()
            for (key, value) in members { object[key] = value.value(at: path + [key], &origins) }
            return .object(object)
        }
    }

    /// A key with a dot in it may read like the path of another: of the two, what may be secret is remembered.
    private static func note(
        _ origin: AppConfig.Origin, _ path: [String], _ origins: inout [String: AppConfig.Origin]
    ) {
        let text = ConfigPath.text(path)
        if origins[text]?.isIndirect != true { origins[text] = origin }
    }
}
