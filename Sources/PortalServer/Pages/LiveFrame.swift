import PortalKit
import PortalUI
import Synchronization

/// The frame of all pages, which looks otherwise once the configuration says so.
final class LiveFrame: Sendable {
    /// What the pages of the server themselves show.
    struct State: Sendable {
        let shell: PageShell
        let support: AppearanceSettings.Support
    }

    private let navigation: [NavigationItem]
    private let logo: Brand.Logo?
    private let notices: [Frame.Notice]
    private let state: Mutex<State>

    /// - Parameters:
    ///   - logo: read once, at boot.
    ///   - notices: what is to be said beside what the configuration says.
    init(
        _ settings: AppearanceSettings, navigation: [NavigationItem], logo: Brand.Logo? = nil,
        notices: [Frame.Notice] = []
    ) {
        let ordered = navigation.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        self.navigation = ordered.map(\.element)
        self.logo = logo
        self.notices = notices
        state = Mutex(Self.state(settings, self.navigation, logo, notices))
    }

    var current: State { state.withLock { $0 } }

    func take(_ settings: AppearanceSettings) {
        let next = Self.state(settings, navigation, logo, notices)
        state.withLock { $0 = next }
    }

    private static func state(
        _ settings: AppearanceSettings, _ navigation: [NavigationItem], _ logo: Brand.Logo?, _ notices: [Frame.Notice]
    ) -> State {
        let brand = Brand(accent: settings.accent, logo: logo)
        let frame = Frame(
            title: settings.title, organization: settings.organization,
            navigation: settings.navigation.ordered(navigation),
            notices: notices + settings.notices, assets: brand == .none ? .shared : Assets(brand: brand))
        return State(shell: PageShell(frame), support: settings.support)
    }
}
