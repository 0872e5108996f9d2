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

    /// What a load yields: the configuration, and what deserves a warning.
    public struct Loaded: Sendable {
        public let config: AppConfig
        public let warnings: [String]
    }

    /// - Parameter paths: absolute paths, of which later ones win.
    /// - Throws: `PortalError` of kind `input` that names file and line.
    public func load(_ paths: [String]) throws -> Loaded {
        var merged = ConfigTree.object([])
        var files: [String] = []
        var warnings: [String] = []
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
            warnings += includes.warnings
            absences.merge(includes.unset) { $1 }
            merged = merged.merged(with: tree)
        }
        merged = merged.merged(with: try variables())
        var origins: [String: AppConfig.Origin] = [:]
        let root = merged.value(at: [], &origins)?.object ?? [:]
        let folder = paths.first.map(Self.folder) ?? "/"
        return Loaded(
            config: AppConfig(root, origins: origins, absences: absences, folder: folder, files: files),
            warnings: warnings)
    }

    /// `APP_CONFIG_backend_listen_port=7008`: the name's parts are keys, the value is JSON or else text.
    private func variables() throws -> ConfigTree {
        var tree = ConfigTree.object([])
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("APP_CONFIG_") {
            let parts = name.dropFirst("APP_CONFIG_".count).split(separator: "_", omittingEmptySubsequences: false)
            guard !parts.isEmpty, parts.count <= Self.deepestVariable, parts.allSatisfy({ !$0.isEmpty }) else {
                throw PortalError(.input, "The variable \(name) names no key of app-config.")
            }
            let value = (try? JSONParser.parse(Array(text.utf8))) ?? .string(text)
            let origin = AppConfig.Origin(file: name, isIndirect: true)
            let leaf = ConfigTree(value, origin)
            tree = tree.merged(
                with: parts.reversed().reduce(leaf) { .object([(key: String($1), value: $0)]) })
        }
        return tree
    }

    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder of an absolute path.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}

/// A configuration on its way: values with their origins.
indirect enum ConfigTree {
    case object([(key: String, value: ConfigTree)])
    case list([ConfigTree], AppConfig.Origin)
    case leaf(JSONValue, AppConfig.Origin)

    init(_ value: JSONValue, _ origin: AppConfig.Origin) {
        switch value {
        case .object(let object): self = .object(object.members.map { ($0.key, ConfigTree($0.value, origin)) })
        case .array(let list): self = .list(list.map { ConfigTree($0, origin) }, origin)
        default: self = .leaf(value, origin)
        }
    }

    func merged(with later: ConfigTree) -> ConfigTree {
        guard case .object(var mine) = self, case .object(let theirs) = later else { return later }
        for (key, value) in theirs {
            if let index = mine.firstIndex(where: { $0.key == key }) {
                mine[index].value = mine[index].value.merged(with: value)
            } else {
                mine.append((key, value))
            }
        }
        return .object(mine)
    }

    func value(at path: [String], _ origins: inout [String: AppConfig.Origin]) -> JSONValue? {
        switch self {
        case .leaf(let value, let origin):
            Self.note(origin, path, &origins)
            return value
        case .list(let list, let origin):
            if list.isEmpty { Self.note(origin, path, &origins) }
            return .array(list.enumerated().compactMap { $1.value(at: path + ["[\($0)]"], &origins) })
        case .object(let members):
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
