/// What the pages of people and groups says.
protocol PeopleWords: Sendable {
    var ownership: String { get }
    var ownsNothing: String { get }
    var withSubgroups: String { get }
    var withGroups: String { get }
    var onlyDirect: String { get }
    /// How many of them are a group's own.
    func directly(_ count: Int) -> String
    func ofThemDirectly(_ count: Int) -> String
    var hierarchy: String { get }
    /// Of a group that is above and below another.
    var isAboveToo: String { get }
    var noMembers: String { get }
}
