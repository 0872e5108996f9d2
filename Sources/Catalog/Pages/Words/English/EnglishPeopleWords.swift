extension EnglishCatalog: PeopleWords {
    var ownership: String { "Ownership" }
    var ownsNothing: String { "Owns nothing yet. An entity names its owner with spec.owner." }
    var withSubgroups: String { "With subgroups" }
    var withGroups: String { "With own groups" }
    var onlyDirect: String { "Only direct" }
    func directly(_ count: Int) -> String { "\(number(count)) direct" }
    func ofThemDirectly(_ count: Int) -> String {
        "\(number(count)) of them directly, the others through groups below."
    }
    var hierarchy: String { "Hierarchy" }
    var isAboveToo: String { "also above: these groups form a circle" }
    var noMembers: String { "No members yet. A user names its groups with spec.memberOf." }
}
