import PortalKit

struct EnglishInterface: InterfaceWords {
    let skipToContent = "Skip to content"
    let mainNavigation = "Main"
    let menu = "Menu"
    func section(_ section: NavigationItem.Section) -> String {
        switch section {
        case .work: "Work"
        case .insight: "Insight"
        case .run: "Run"
        }
    }
    func navigation(_ id: String) -> String? { nil }
    let breadcrumb = "Breadcrumb"
    let search = "Search the catalog"
    let help = "Help"
    func account(of name: String) -> String { "Account of \(name)" }
    let myPage = "My page"
    let settings = "Settings"
    let signOut = "Sign out"
    let signOutAsks = "Sign out …"
    let theme = "Theme"
    func theme(_ theme: ViewPreferences.Theme) -> String {
        switch theme {
        case .auto: "Auto"
        case .light: "Light"
        case .dark: "Dark"
        }
    }
    let close = "Close"
    let notice = "Notice"

    let copied = "Copied"
    let goTo = "Go to"
    let goToHint = "Name, title, page …"
    let controlKey = "Ctrl"

    func rows(_ count: Int) -> String { "\(number(count)) rows" }
    let rows = "Rows"
    let pages = "Pages"
    let previous = "Previous"
    let next = "Next"
    let sortBy = "Sort by"
    let columns = "Columns"
    func more(_ count: Int) -> String { "\(number(count)) more" }
    func all(_ count: Int) -> String { "All \(number(count))" }
    func andMore(_ count: Int) -> String { "and \(number(count)) more" }
    let missing = "missing"
    func isNotInCatalog(_ reference: String) -> String { "\(reference) is not in the catalog" }
    let isUnsafeAddress = "This address is not safe to follow"
    let select = "Select"
    func select(_ title: String) -> String { "Select \(title)" }

    let filters = "Filters"
    func filtersOn(_ count: Int) -> String { "\(number(count)) on" }
    let apply = "Apply"
    let skipFilters = "Skip the other filters"
    func find(in title: String) -> String { "Find in \(title)" }
    let find = "Find …"
    let showMore = "Show more"
    let showFewer = "Show fewer"
    let none = "None."
    let nothingFound = "Nothing found."
    func mostFrequent(_ count: Int) -> String {
        "The \(number(count)) most frequent ones. Others are found by their names."
    }
    let activeFilters = "Filters that are on"
    func removeFilter(_ text: String) -> String { "Remove the filter \(text)" }
    let clearAll = "Clear all"

    let nothingChanged = "Nothing was changed"
    let formNotUnderstood = "The form says something that this page does not offer. Choose again."
    let tooMuchKept = "You keep as much as anybody can. Remove something first."

    let copy = "Copy"
    let star = "Star"
    let unstar = "Starred"
    func star(_ title: String) -> String { "Star \(title)" }
    func unstar(_ title: String) -> String { "Remove the star of \(title)" }
    let example = "Example"
    func requestNamed() -> String { "If you ask for help, name request " }
    let couldNotBeDrawn = "This part could not be drawn."
    let done = "Done"
    let stillOpen = "Open"

    let guest = "Guest"
    func wayToSignIn(_ id: String) -> String? { nil }
    func signIn(to portal: String) -> String { "Sign in to \(portal)" }
    func signIn(as title: String) -> String { "Sign in as \(title)" }
    let portalInASentence = "Services, APIs, resources and the teams behind them, in one place."
    let nobodyCanSignIn = "Nobody can sign in yet"
    let addWayToSignIn = "The configuration names no way to sign in. Add auth.providers, for example guest: {}."

    func relative(_ count: Int, _ unit: TimeUnit, isPast: Bool) -> String {
        let text = "\(count) \(unit)\(count == 1 ? "" : "s")"
        return isPast ? "\(text) ago" : "in \(text)"
    }
    let justNow = "just now"
    let longAgo = "long ago"
}
