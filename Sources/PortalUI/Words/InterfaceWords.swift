public import PortalKit

/// What the components of the interface say themselves. Each language is one value; the compiler tells what one lacks.
public protocol InterfaceWords: FigureWords {
    // The frame of every page.
    var skipToContent: String { get }
    var mainNavigation: String { get }
    var menu: String { get }
    func section(_ section: NavigationItem.Section) -> String
    func navigation(_ id: String) -> String?
    var breadcrumb: String { get }
    var search: String { get }
    var help: String { get }
    func account(of name: String) -> String
    var myPage: String { get }
    var settings: String { get }
    var signOut: String { get }
    /// It asks before it does.
    var signOutAsks: String { get }
    var theme: String { get }
    func theme(_ theme: ViewPreferences.Theme) -> String
    var close: String { get }
    var notice: String { get }

    // What scripts say; the frame hands it to them.
    var copied: String { get }
    var goTo: String { get }
    var goToHint: String { get }
    /// What stands on the key that is held with others.
    var controlKey: String { get }

    // Lists and tables.
    func rows(_ count: Int) -> String
    var rows: String { get }
    var pages: String { get }
    var previous: String { get }
    var next: String { get }
    var sortBy: String { get }
    var columns: String { get }
    func more(_ count: Int) -> String
    func all(_ count: Int) -> String
    func andMore(_ count: Int) -> String
    var missing: String { get }
    func isNotInCatalog(_ reference: String) -> String
    var isUnsafeAddress: String { get }
    var select: String { get }
    func select(_ title: String) -> String

    // Filters.
    var filters: String { get }
    func filtersOn(_ count: Int) -> String
    var apply: String { get }
    var skipFilters: String { get }
    func find(in title: String) -> String
    var find: String { get }
    var showMore: String { get }
    var showFewer: String { get }
    var none: String { get }
    var nothingFound: String { get }
    func mostFrequent(_ count: Int) -> String
    var activeFilters: String { get }
    func removeFilter(_ text: String) -> String
    var clearAll: String { get }

    // Forms.
    var nothingChanged: String { get }
    /// What was sent is none of what the page offers.
    var formNotUnderstood: String { get }
    var tooMuchKept: String { get }

    // Single things.
    var copy: String { get }
    var star: String { get }
    var unstar: String { get }
    func star(_ title: String) -> String
    func unstar(_ title: String) -> String
    var example: String { get }
    func requestNamed() -> String
    var couldNotBeDrawn: String { get }
    var done: String { get }
    var stillOpen: String { get }

    // Signing in.
    /// What somebody is called who did not say who they are.
    var guest: String { get }
    /// The name of a way to sign in, for those that the portal brings.
    func wayToSignIn(_ id: String) -> String?
    func signIn(to portal: String) -> String
    func signIn(as title: String) -> String
    var portalInASentence: String { get }
    var nobodyCanSignIn: String { get }
    var addWayToSignIn: String { get }

    /// `3 minutes ago`
    func relative(_ count: Int, _ unit: TimeUnit, isPast: Bool) -> String
    var justNow: String { get }
    var longAgo: String { get }
}

/// The units in which the age of things is told.
public enum TimeUnit: Sendable, CaseIterable { case minute, hour, day, month, year }

extension Language {
    /// What the components say in this language.
    public var interface: any InterfaceWords {
        switch self {
        case .english: EnglishInterface()
        case .german: GermanInterface()
        }
    }
}
