/// The two names that one tie between entities has, seen from either end.
struct RelationPair: Sendable, Hashable {
    let type: String
    let inverse: String

    /// Upstream's pairs, each with the end first that owns, provides or holds.
    static let all = [
        RelationPair("ownerOf", "ownedBy"), RelationPair("hasPart", "partOf"), RelationPair("parentOf", "childOf"),
        RelationPair("hasMember", "memberOf"), RelationPair("dependsOn", "dependencyOf"),
        RelationPair("providesApi", "apiProvidedBy"), RelationPair("consumesApi", "apiConsumedBy"),
    ]

    private init(_ type: String, _ inverse: String) {
        self.type = type
        self.inverse = inverse
    }

    static func of(_ type: String) -> RelationPair? { all.first { $0.type == type || $0.inverse == type } }
}
