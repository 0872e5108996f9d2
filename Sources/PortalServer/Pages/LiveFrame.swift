import PortalKit
import PortalUI
import Synchronization

/// The frame of all pages, which has another title once the configuration says so.
final class LiveFrame: Sendable {
    private let navigation: [NavigationItem]
    private let shell: Mutex<PageShell>

    init(title: String, navigation: [NavigationItem]) {
        self.navigation = navigation
        shell = Mutex(PageShell(title: title, navigation: navigation))
    }

    var current: PageShell { shell.withLock { $0 } }

    func rename(_ title: String) {
        let next = PageShell(title: title, navigation: navigation)
        shell.withLock { $0 = next }
    }
}
