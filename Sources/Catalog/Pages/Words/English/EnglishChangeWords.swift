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
    func causeName(_ author: ChangeFilter.Author) -> String {
        switch author {
        case .location: "Location"
        case .user: "Person"
        case .service: "Program"
        case .configuration, .anonymous: causedBy
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
    func changesOnPage(_ count: Int) -> String { "\(changesShown(count)) on this page" }
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
    func mistake(_ mistake: ChangeMistake) -> String {
        switch mistake {
        case .unknown: "is no filter of this page."
        case .repeated: "stands here more than once; only the first counts."
        case .long(let most): "is longer than \(number(most)) characters."
        case .unreadable: "has characters that no name has."
        case .reference: "names no entity; write it as component:default/shop."
        case .owner: "is no team or person; write it as group:team-a or user:ann."
        case .kind: "is no kind; name one, such as component."
        case .words(let known): "is none of \(known.joined(separator: ", "))."
        case .nameWithoutCause: "needs a cause that has names: location, user or service."
        case .time: "is no day that there is; write it as 2026-01-31, or with a time as 2026-01-31T12:00:00Z."
        case .order: "does not go with the other day: the end is before the beginning."
        }
    }
    var shownWithout: String { "The list is shown as if that were not there." }
    func olderNotKept(since day: String) -> String { "Older changes, up to \(day), are not kept any more." }
    var inAllChanges: String { "Among all changes" }
    func newestShown(_ count: Int) -> String { "The newest \(count) are shown; older ones are among all changes." }
    var changesOfOwned: String { "Changes of what it owns" }
    var changesOfParts: String { "Changes of its parts" }
}
