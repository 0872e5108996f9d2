extension EntityKind {
    /// The kinds of Backstage's catalog model, with the relations of its `BuiltinKindsEntityProcessor`.
    public static let builtIn: [EntityKind] = [
        component, api, resource, system, domain, group, user, location, template, aiResource,
    ]

    static let component = EntityKind(
        "Component",
        [
            .required("type"), .required("lifecycle"), .required("owner", .text, .owner),
            .optional("system", .text, .part(of: "System")), .optional("subcomponentOf", .text, .part(of: "Component")),
            .optional("providesApis", .texts, Edge("API", "providesApi", "apiProvidedBy")),
            .optional("consumesApis", .texts, Edge("API", "consumesApi", "apiConsumedBy")),
            .optional("dependsOn", .texts, .dependsOn), .optional("dependencyOf", .texts, .dependencyOf),
        ])

    /// `definition` is required but of MCP servers, which have `remotes`; see `issues(of:)`.
    static let api = EntityKind(
        "API",
        [
            .required("type"), .required("lifecycle"), .required("owner", .text, .owner),
            .optional("definition", .text), .optional("remotes", .filledList),
            .optional("system", .text, .part(of: "System")),
        ])

    static let resource = EntityKind(
        "Resource",
        [
            .required("type"), .required("owner", .text, .owner), .optional("system", .text, .part(of: "System")),
            .optional("dependsOn", .texts, .dependsOn), .optional("dependencyOf", .texts, .dependencyOf),
        ])

    static let system = EntityKind(
        "System",
        [.required("owner", .text, .owner), .optional("domain", .text, .part(of: "Domain")), .optional("type")])

    static let domain = EntityKind(
        "Domain",
        [.required("owner", .text, .owner), .optional("subdomainOf", .text, .part(of: "Domain")), .optional("type")])

    static let group = EntityKind(
        "Group",
        [
            .required("type"), .required("children", .texts, Edge("Group", "parentOf", "childOf")),
            .optional("parent", .text, Edge("Group", "childOf", "parentOf")),
            .optional("members", .texts, Edge("User", "hasMember", "memberOf")), .optional("profile", .object),
        ])

    static let user = EntityKind(
        "User", [.optional("memberOf", .texts, Edge("Group", "memberOf", "hasMember")), .optional("profile", .object)])

    static let location = EntityKind(
        "Location", [.optional("type"), .optional("target"), .optional("targets", .texts), .optional("presence")])

    static let template = EntityKind(
        "Template", apiVersions: ["scaffolder.backstage.io/v1beta3"],
        [
            .required("type"), .required("steps", .list), .optional("owner", .text, .owner),
            .optional("parameters", .objects), .optional("output", .object), .optional("presentation", .object),
        ])

    static let aiResource = EntityKind(
        "AiResource",
        [
            .required("type"), .required("lifecycle"), .required("owner", .text, .owner),
            .optional("system", .text, .part(of: "System")),
            .optional("dependsOn", .texts, Edge("AiResource", "dependsOn", "dependencyOf")),
        ])
}
