public import PortalKit

/// What is the same on all pages of a portal: its name, its look, the ways through it.
public struct Frame: Sendable {
    /// A word to everybody, above every page.
    public struct Notice: Sendable {
        public let tone: Note.Tone
        public let text: @Sendable (Language) -> String
        public let link: SafeURL?

        public init(_ tone: Note.Tone, link: SafeURL? = nil, _ text: @escaping @Sendable (Language) -> String) {
            self.tone = tone
            self.text = text
            self.link = link
        }
    }

    /// The portal's name, `app.title`.
    public let title: String
    /// `organization.name`; stands at the end of titles.
    public let organization: String?
    public let navigation: [NavigationItem]
    public let notices: [Notice]
    public let assets: Assets

    public init(
        title: String, organization: String? = nil, navigation: [NavigationItem], notices: [Notice] = [],
        assets: Assets = .shared
    ) {
        self.title = title
        self.organization = organization
        self.navigation = navigation
        self.notices = notices
        self.assets = assets
    }
}
