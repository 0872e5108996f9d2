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
        // Bytes, as upstream's pattern goes by code units: a mark upon a colon takes nothing from it.
        var rest = text.trimmed.utf8[...]
        var kind: Substring.UTF8View?
        var namespace: Substring.UTF8View?
        let (colon, slash) = (UInt8(ascii: ":"), UInt8(ascii: "/"))
        if let place = rest.firstIndex(of: colon) {
            kind = rest[..<place]
            rest = rest[rest.index(after: place)...]
        }
        if let place = rest.firstIndex(of: slash) {
            namespace = rest[..<place]
            rest = rest[rest.index(after: place)...]
        }
        let malformed =
            kind?.isEmpty == true || namespace?.isEmpty == true || rest.isEmpty
            || kind?.contains(slash) == true || rest.contains { $0 == slash || $0 == colon }
            || namespace?.contains(colon) == true
        if malformed { throw .malformed(text) }
        guard let kind = kind.map({ String(Substring($0)) }) ?? defaultKind else { throw .kindMissing(text) }
        self.init(
            kind: kind, namespace: namespace.map { String(Substring($0)) } ?? defaultNamespace,
            name: String(Substring(rest)))
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
