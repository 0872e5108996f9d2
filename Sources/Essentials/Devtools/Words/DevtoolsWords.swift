import PortalKit

/// What the pages of operators say. Each language is one value; the compiler tells what one lacks.
protocol DevtoolsWords: Sendable {
    var devtools: String { get }
    var info: String { get }
    var config: String { get }
    var tasks: String { get }
    var plugins: String { get }
    var gallery: String { get }

    func noPanel(_ id: String) -> String
    func panelFailed(_ title: String) -> String
    var isLogged: String { get }
    var refused: String { get }
    var refusedWhy: String { get }
    var refusedMend: String { get }
    var example: String { get }
    var goToCatalog: String { get }
    var isRefused: String { get }
    /// - Parameter age: how long ago it was read.
    func isRefusedWhy(_ age: String) -> String

    // What runs.
    var version: String { get }
    var started: String { get }
    var memory: String { get }
    var unknown: String { get }
    var program: String { get }
    var processors: String { get }
    var system: String { get }
    var database: String { get }
    var engine: String { get }
    var size: String { get }
    var folder: String { get }
    var health: String { get }
    var check: String { get }
    var state: String { get }
    var isWell: String { get }
    var noChecks: String { get }

    // Configuration.
    var findKeys: String { get }
    var unreadOnly: String { get }
    var noKeys: String { get }
    var noKeysAtAll: String { get }
    var noKeysFound: String { get }
    func shown(_ first: Int, _ last: Int, of count: Int) -> String
    var key: String { get }
    var value: String { get }
    var place: String { get }
    var remark: String { get }
    var isBackstages: String { get }
    var isUnread: String { get }
    var afterRestart: String { get }

    // Work in the background.
    var services: String { get }
    var noServices: String { get }
    var name: String { get }
    var since: String { get }
    var failures: String { get }
    var lastError: String { get }
    var waits: String { get }
    var runs: String { get }
    func startsAgain(in seconds: Int) -> String
    var ended: String { get }
    var jobs: String { get }
    var jobRuns: String { get }
    var nextRun: String { get }
    /// Of a job that no replica has run yet.
    var isNew: String { get }
    /// Within a minute.
    var soon: String { get }
    var leases: String { get }
    var holder: String { get }
    var isHeld: String { get }
    var isFree: String { get }

    // Plugins.
    var routes: String { get }
    var keys: String { get }
    var migrations: String { get }
    var isOn: String { get }
    var isOff: String { get }
    var method: String { get }
    var path: String { get }
    var access: String { get }
    var signedIn: String { get }
    var everybody: String { get }
    var meaning: String { get }
    var number: String { get }
}

extension Language {
    var devtools: any DevtoolsWords {
        switch self {
        case .english: EnglishDevtools()
        case .german: GermanDevtools()
        }
    }
}
