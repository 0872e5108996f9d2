/// A kind of entity: the fields of its spec and the relations that they declare.
///
/// The built-in kinds are values like those that an operator declares.
public struct EntityKind: Sendable, Hashable {
    public enum Shape: String, Sendable, Hashable {
        case text = "a text that is not empty"
        case anyText = "a text"
        case texts = "a list of texts"
        case object = "a mapping"
        /// One mapping, or any number of them.
        case objects = "a mapping or a list of mappings"
        case list = "a list"
        case filledList = "a list that is not empty"
        case any = "anything"
    }

    /// The pair of relations that a field declares for each reference in it.
    public struct Edge: Sendable, Hashable {
        /// The kind of references that name none; nil where they must.
        public let defaultKind: String?
        public let outgoing: String
        public let incoming: String
    }

    public struct Field: Sendable, Hashable {
        public let name: String
        public let shape: Shape
        public let isRequired: Bool
        public let edge: Edge?
    }

    public let name: String
    public let apiVersions: [String]
    public let fields: [Field]

    public init(_ name: String, apiVersions: [String] = EntityKind.coreVersions, _ fields: [Field]) {
        self.name = name
        self.apiVersions = apiVersions
        self.fields = fields
    }

    public static let coreVersions = ["backstage.io/v1alpha1", "backstage.io/v1beta1"]
}

extension EntityKind.Field {
    public static func required(_ name: String, _ shape: EntityKind.Shape = .text, _ edge: EntityKind.Edge? = nil)
        -> Self
    {
        Self(name: name, shape: shape, isRequired: true, edge: edge)
    }

    public static func optional(_ name: String, _ shape: EntityKind.Shape = .text, _ edge: EntityKind.Edge? = nil)
        -> Self
    {
        Self(name: name, shape: shape, isRequired: false, edge: edge)
    }
}

extension EntityKind.Edge {
    public init(_ defaultKind: String?, _ outgoing: String, _ incoming: String) {
        self.defaultKind = defaultKind
        self.outgoing = outgoing
        self.incoming = incoming
    }

    public static let owner = Self("Group", "ownedBy", "ownerOf")
    public static let dependsOn = Self(nil, "dependsOn", "dependencyOf")
    public static let dependencyOf = Self(nil, "dependencyOf", "dependsOn")

    /// The entity is a part of one of that kind.
    public static func part(of kind: String) -> Self { Self(kind, "partOf", "hasPart") }
}
