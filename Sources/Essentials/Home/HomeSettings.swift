import Foundation
import PortalKit
import Synchronization

/// What the configuration puts on the home page: `home.*`.
struct HomeSettings: Sendable {
    /// A word of the operator.
    struct Announcement: Sendable {
        let title: String
        let text: String
        let url: SafeURL?
        /// The moment from which on it is no longer told.
        let end: Date?
    }

    /// A link to something else that people work with.
    struct Tool: Sendable {
        let title: String
        let url: SafeURL
    }

    let announcements: [Announcement]
    let toolkit: [Tool]

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: PluginConfig) throws {
        announcements = try (config.node("home.announcements").items() ?? []).map { item in
            Announcement(
                title: try item["title"].requiredText(), text: try item["text"].text() ?? "",
                url: try item["url"].text().map { try Self.safe($0, item["url"]) }, end: try Self.end(item["until"]))
        }
        toolkit = try (config.node("home.toolkit").items() ?? []).map { item in
            Tool(
                title: try item["title"].requiredText(), url: try Self.safe(item["url"].requiredText(), item["url"]))
        }
    }

    /// What is still told.
    func announcements(at now: Date) -> [Announcement] { announcements.filter { $0.end.map { now < $0 } ?? true } }

    private static func safe(_ text: String, _ node: ConfigNode) throws -> SafeURL {
        guard let url = SafeURL(text) else { throw node.mistake("must be an address that is safe to follow") }
        return url
    }

    /// The end of a day, or an exact time.
    private static func end(_ node: ConfigNode) throws -> Date? {
        guard let text = try node.text() else { return nil }
        if let time = try? Date(text, strategy: .iso8601) { return time }
        if let day = try? Date(text, strategy: .iso8601.year().month().day()) { return day.addingTimeInterval(86_400) }
        throw node.mistake("must be a day such as 2030-12-31 or a time such as 2030-12-31T18:00:00Z, but is '\(text)'")
    }

    static let keys: [ConfigKey] = [
        ConfigKey("home.announcements[].title", .text, isLive: true, "A word to everybody on the home page."),
        ConfigKey("home.announcements[].text", .text, isLive: true, "What it says beside, in Markdown."),
        ConfigKey("home.announcements[].url", .text, isLive: true, "Where its title leads."),
        ConfigKey(
            "home.announcements[].until", .text, isLive: true,
            "The last day that it is told, as 2030-12-31, or a time; without it, it stays."),
        ConfigKey("home.toolkit[].title", .text, isLive: true, "A link on the home page to what people work with."),
        ConfigKey("home.toolkit[].url", .text, isLive: true, "Where it leads."),
    ]
}

/// The settings as they are now.
final class LiveHomeSettings: Sendable {
    private let settings: Mutex<HomeSettings>

    init(_ settings: HomeSettings) { self.settings = Mutex(settings) }

    var current: HomeSettings { settings.withLock { $0 } }
    func take(_ next: HomeSettings) { settings.withLock { $0 = next } }
}
