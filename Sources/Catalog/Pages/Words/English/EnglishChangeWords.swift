extension EnglishCatalog: ChangeWords {
    var changes: String { "Changes" }
    var changesText: String { "What changed in the catalog, by whom and when; days are those of UTC." }
    var changedEntity: String { "Entity" }
    var ofTeam: String { "Team" }
    var change: String { "Change" }
    var allChanges: String { "All changes" }
    var causedBy: String { "Caused by" }
    var anyCause: String { "Anything" }
    func author(_ author: ChangeFilter.Author) -> String {
        switch author {
        case .location: "A location"
        case .user: "A person"
        case .service: "A program"
        case .configuration: "The configuration"
        case .anonymous: "Somebody not signed in"
        }
    }
    var fromDay: String { "From" }
    var toDay: String { "To" }
    var today: String { "Today" }
    var yesterday: String { "Yesterday" }
    func day(_ year: Int, _ month: Int, _ day: Int) -> String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(day) \((1...12).contains(month) ? months[month - 1] : "") \(year)"
    }
    func changesShown(_ count: Int) -> String { count == 1 ? "1 change" : "\(number(count)) changes" }
    func changedFields(_ names: String) -> String { "Changed: \(names)" }
    func andMoreFields(_ count: Int) -> String { " and \(number(count)) more" }
    var partlyHidden: String { "What is different you may not read." }
    var backToNewest: String { "Back to the newest" }
    var nothingFoundYet: String { "Nothing found yet" }
    var nothingFoundYetText: String { "None of the newest changes matches the filters. There are older ones." }
    var lookFurther: String { "Look further back" }
    var noChanges: String { "No changes yet" }
    var noChangesText: String { "Whatever is created, updated or deleted in the catalog shows here at once." }
    var noChangeMatches: String { "No change matches the filters that are on." }
    var filterChangesNothing: String { " changes nothing." }
    func olderNotKept(since day: String) -> String { "Older changes, up to \(day), are not kept any more." }
    var inAllChanges: String { "Among all changes" }
    var changesOfOwned: String { "Changes of what it owns" }
    var changesOfParts: String { "Changes of its parts" }
}
