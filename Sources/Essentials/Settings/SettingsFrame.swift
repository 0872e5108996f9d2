import PortalKit
import PortalUI

/// What is the same on the pages of settings: the title and the tabs.
enum SettingsFrame {
    enum Tab: String, CaseIterable { case general, providers, flags }

    static let url: SafeURL = "/settings"

    static func url(of tab: Tab) -> SafeURL {
        switch tab {
        case .general: url
        case .providers: "/settings/auth-providers"
        case .flags: "/settings/feature-flags"
        }
    }

    static func content(_ current: Tab, _ context: ViewContext, _ html: HTML) -> PageContent {
        let words = context.words
        func title(_ tab: Tab) -> String {
            switch tab {
            case .general: words.general
            case .providers: words.providers
            case .flags: words.flags
            }
        }
        let isFirst = current == .general
        return PageContent(
            isFirst ? words.settings : title(current), trail: isFirst ? [] : [.init(words.settings, url)],
            html: HTML { h in
                h.add(PageHead.html(words.settings))
                h.add(
                    TabBar.html(
                        words.settings,
                        Tab.allCases.map { .init(title($0), url: url(of: $0), isCurrent: $0 == current) },
                        context.language.interface))
                h.add(html)
            })
    }
}
