/// The name by which one entity speaks of another: `[kind:][namespace/]name`.
///
/// Two references are the same whatever their case; `description` is the canonical lowercase form
/// that Backstage calls a string entity reference.
public struct EntityReference: Sendable, Hashable, CustomStringConvertible {
    public static let defaultNamespace = "default"

    /// The parts as they were written; compare references, not parts.
    public let kind: String
    public let namespace: String
    public let name: String
    /// `kind:namespace/name`, lowercased.
    public let description: String

    public init(kind: String, namespace: String = EntityReference.defaultNamespace, name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        description = "\(kind):\(namespace)/\(name)".lowercased()
    }

    /// Reads a reference in its string form, after the grammar of Backstage's `parseEntityRef`.
    ///
    /// A part that is written but empty (`:b/c`) is an error; only an omitted part takes its default.
    /// - Throws: `ParseError`, whose text names the reference and what is missing.
    public init(
        parsing text: String, defaultKind: String? = nil, defaultNamespace: String = EntityReference.defaultNamespace
    ) throws(ParseError) {
        let trimmed = text.trimmed[...]
        var rest = trimmed
        var kind: Substring?
        var namespace: Substring?
        if let colon = rest.firstIndex(of: ":") {
            kind = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        if let slash = rest.firstIndex(of: "/") {
            namespace = rest[..<slash]
            rest = rest[rest.index(after: slash)...]
        }
        let malformed =
            kind?.isEmpty == true || namespace?.isEmpty == true || rest.isEmpty
            || kind?.contains("/") == true || rest.contains { $0 == "/" || $0 == ":" }
            || namespace?.contains(":") == true
        if malformed { throw .malformed(text) }
        guard let kind = kind.map(String.init) ?? defaultKind else { throw .kindMissing(text) }
        self.init(kind: kind, namespace: namespace.map(String.init) ?? defaultNamespace, name: String(rest))
    }

    public enum ParseError: Error, Hashable, CustomStringConvertible {
        case malformed(String)
        case kindMissing(String)

        public var description: String {
            switch self {
            case .malformed(let text):
                "Entity reference \"\(text)\" was not on the form [<kind>:][<namespace>/]<name>"
            case .kindMissing(let text):
                "Entity reference \"\(text)\" had missing or empty kind (e.g. did not start with \"component:\" or similar)"
            }
        }
    }

    public static func == (left: EntityReference, right: EntityReference) -> Bool {
        left.description == right.description
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
