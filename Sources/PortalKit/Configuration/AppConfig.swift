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

    public private(set) var root: JSONObject
    /// Of every value, by its path.
    public let origins: [String: Origin]
    /// Of values that are written and absent all the same, by their paths.
    public let absences: [String: Absence]
    /// The folder of the first file, absolute.
    public let folder: String
    /// The files that were read, and that a change of takes effect.
    public let files: [String]
    /// Of the files those that hold nothing but space and comments.
    public let emptyFiles: Set<String>
    /// Elements of lists that count as not written.
    private var leftOut: Set<String> = []

    public init(
        _ root: JSONObject = [:], origins: [String: Origin] = [:], absences: [String: Absence] = [:],
        folder: String = "/", files: [String] = [], emptyFiles: Set<String> = []
    ) {
        self.root = root
        self.origins = origins
        self.absences = absences
        self.folder = folder
        self.files = files
        self.emptyFiles = emptyFiles
    }

    /// The value at a path such as `backend.listen.port`.
    public func node(_ path: String) -> ConfigNode {
        let parts = ConfigPath.parts(path)
        let isLeftOut =
            !leftOut.isEmpty && parts.indices.contains { leftOut.contains(ConfigPath.text(parts[...$0])) }
        let value =
            isLeftOut
            ? nil
            : parts.reduce(JSONValue?.some(.object(root))) { value, part in
                guard part.hasPrefix("[") else { return value?[part] }
                guard let index = Int(part.dropFirst().dropLast()), let list = value?.array,
                    list.indices.contains(index)
                else { return nil }
                return list[index]
            }
        return ConfigNode(path: path, value: value, in: self)
    }

    /// Whether an element of a list counts as not written.
    func leavesOut(_ path: String) -> Bool { leftOut.contains(path) }

    /// The configuration as if nothing stood at a path. Where nothing does, the element of a list around it is left out,
    /// else what is next around it; other elements keep their numbers. Nil where nothing is left to take away.
    package func without(_ path: String) -> AppConfig? {
        let parts = ConfigPath.parts(path)
        let around = parts.indices.map { Array(parts[...$0]) }.filter { node(ConfigPath.text($0)).isPresent }
        guard let nearest = around.last else { return nil }
        let isElement = { (parts: [String]) in parts.last?.hasPrefix("[") == true }
        let chosen = nearest == parts ? nearest : around.last(where: isElement) ?? nearest
        var next = self
        if isElement(chosen) {
            next.leftOut.insert(ConfigPath.text(chosen))
        } else {
            next.root = Self.without(chosen[...], in: .object(root)).object ?? [:]
        }
        return next
    }

    private static func without(_ parts: ArraySlice<String>, in value: JSONValue) -> JSONValue {
        guard let part = parts.first else { return value }
        switch value {
        case .object(var object):
            object[part] = parts.count == 1 ? nil : object[part].map { without(parts.dropFirst(), in: $0) }
            return .object(object)
        case .array(let list):
            return .array(
                list.enumerated().map { "[\($0)]" == part ? without(parts.dropFirst(), in: $1) : $1 })
        default: return value
        }
    }

    /// The place of what is written at a path, or was meant to be, or of what stands around it: there something is
    /// missing.
    package func place(of path: String) -> (origin: Origin, text: String)? {
        // What stands around it may be in another file, so the place where it was meant to be comes first.
        if origin(of: path) == nil, let absence = absences[path] { return (absence.origin, absence.description) }
        var parts = ConfigPath.parts(path)
        while !parts.isEmpty {
            if let origin = origin(of: ConfigPath.text(parts)) { return (origin, origin.description) }
            parts.removeLast()
        }
        return nil
    }

    /// Where a value, or the first of its parts, was written.
    public func origin(of path: String) -> Origin? {
        if let origin = origins[path] { return origin }
        return origins.filter { $0.key.hasPrefix("\(path).") || $0.key.hasPrefix("\(path)[") }
            .min { ($0.value.line ?? 0) < ($1.value.line ?? 0) }?.value
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
