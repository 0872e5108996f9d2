/// What the page of all changes says.
protocol ChangeWords: Sendable {
    var changes: String { get }
    var changesText: String { get }
    var changedEntity: String { get }
    var ofTeam: String { get }
    var change: String { get }
    var allChanges: String { get }
    var causedBy: String { get }
    var anyCause: String { get }
    func author(_ author: ChangeFilter.Author) -> String
    /// What the name of a cause is called.
    func causeName(_ author: ChangeFilter.Author) -> String
    var fromDay: String { get }
    var toDay: String { get }
    var today: String { get }
    var yesterday: String { get }
    /// `28 November 2026`
    func day(_ year: Int, _ month: Int, _ day: Int) -> String
    func changesShown(_ count: Int) -> String
    /// Where there are more before or after.
    func changesOnPage(_ count: Int) -> String
    func changedFields(_ names: String) -> String
    func andMoreFields(_ count: Int) -> String
    var partlyHidden: String { get }
    var backToNewest: String { get }
    var nothingFoundYet: String { get }
    var nothingFoundYetText: String { get }
    var lookFurther: String { get }
    var noChanges: String { get }
    var noChangesText: String { get }
    var noChangeMatches: String { get }
    /// Goes on after the part of the address that it is about.
    func mistake(_ mistake: ChangeMistake) -> String
    var shownWithout: String { get }
    func olderNotKept(since day: String) -> String
    /// Where links from entities lead.
    var inAllChanges: String { get }
    /// So many changes are shown, and there may be older ones.
    func newestShown(_ count: Int) -> String
    var changesOfOwned: String { get }
    var changesOfParts: String { get }
}
