public import EntityModel

/// The configuration of a portal, merged from its files and the environment.
public struct AppConfig: Sendable {
    /// Where a value was written.
    public struct Origin: Sendable, Hashable, CustomStringConvertible {
        public let file: String
        public let line: Int?
        /// The value came from a variable or a file of its own, which may well be a secret.
        public let isIndirect: Bool

        public init(file: String, line: Int? = nil, isIndirect: Bool = false) {
            self.file = file
            self.line = line
            self.isIndirect = isIndirect
        }

        public var description: String { line.map { "\(file):\($0)" } ?? file }
    }

    /// Why a value is absent that a file has: its variable is not set.
    public struct Absence: Sendable, Hashable, CustomStringConvertible {
        public let origin: Origin
        public let variable: String

        public var description: String { "\(origin), where the variable \(variable) is not set" }
    }

    public let root: JSONObject
    /// Of every leaf, by its path.
    public let origins: [String: Origin]
    /// Of values that are written and absent all the same, by their paths.
    public let absences: [String: Absence]
    /// The folder of the first file, absolute.
    public let folder: String
    /// The files that were read, and that a change of takes effect.
    public let files: [String]

    public init(
        _ root: JSONObject = [:], origins: [String: Origin] = [:], absences: [String: Absence] = [:],
        folder: String = "/", files: [String] = []
    ) {
        self.root = root
        self.origins = origins
        self.absences = absences
        self.folder = folder
        self.files = files
    }

    /// The value at a path such as `backend.listen.port`.
    public func node(_ path: String) -> ConfigNode {
        let value = ConfigPath.parts(path).reduce(JSONValue?.some(.object(root))) { value, part in
            guard part.hasPrefix("[") else { return value?[part] }
            guard let index = Int(part.dropFirst().dropLast()), let list = value?.array, list.indices.contains(index)
            else { return nil }
            return list[index]
        }
        return ConfigNode(path: path, value: value) { [origins, absences] path in
            // What stands around it may be in another file, so the place where it was meant to be comes first.
            if Self.origin(of: path, in: origins) == nil, let absence = absences[path] { return absence.description }
            return Self.place(of: path, in: origins)?.description
        }
    }

    /// Where a value, or the first of its parts, was written.
    public func origin(of path: String) -> Origin? { Self.origin(of: path, in: origins) }

    private static func origin(of path: String, in origins: [String: Origin]) -> Origin? {
        if let origin = origins[path] { return origin }
        return origins.filter { $0.key.hasPrefix("\(path).") || $0.key.hasPrefix("\(path)[") }
            .min { ($0.value.line ?? 0) < ($1.value.line ?? 0) }?.value
    }

    /// The origin of what is written, or of what stands around it: there something is missing.
    private static func place(of path: String, in origins: [String: Origin]) -> Origin? {
        var parts = ConfigPath.parts(path)
        while !parts.isEmpty {
            if let origin = origin(of: ConfigPath.text(parts), in: origins) { return origin }
            parts.removeLast()
        }
        return nil
    }

    /// Every leaf with its path, in the order of the files; empty lists and objects are leaves.
    public var leaves: [(path: [String], value: JSONValue)] {
        var leaves: [(path: [String], value: JSONValue)] = []
        func visit(_ value: JSONValue, _ path: [String]) {
            switch value {
            case .object(let object) where !object.isEmpty:
                for (key, member) in object.members { visit(member, path + [key]) }
            case .array(let list) where !list.isEmpty:
                for (index, member) in list.enumerated() { visit(member, path + ["[\(index)]"]) }
            default: leaves.append((path, value))
            }
        }
        visit(.object(root), [])
        return leaves
    }
}
