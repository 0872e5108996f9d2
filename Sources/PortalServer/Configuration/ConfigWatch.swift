import Logging
import PortalKit
import Synchronization

/// Reads the configuration again when one of its files changes, and hands what is live to those who take it.
package final class ConfigWatch: Sendable {
    package let load: @Sendable () throws -> AppConfigLoader.Loaded
    package let plugins: [any Plugin.Type]
    package let reloads: [ConfigReload]
    package let logger: Logger
    /// Keys that one change is told of.
    private static let mostNames = 10
    /// Takes over the server's own keys.
    package let server: @Sendable (AppConfig) throws -> Void
    /// Told what is in force from now on.
    package let inForce: @Sendable (AppConfig) -> Void
    /// Told why what is written now does not come into force, mistake by mistake.
    package let refused: @Sendable ([String]) -> Void
    /// Whether the last reading was not taken over.
    private let isRefused = Mutex(false)

    package init(
        plugins: [any Plugin.Type], reloads: [ConfigReload], logger: Logger,
        server: @escaping @Sendable (AppConfig) throws -> Void = { _ in },
        inForce: @escaping @Sendable (AppConfig) -> Void = { _ in },
        refused: @escaping @Sendable ([String]) -> Void = { _ in },
        load: @escaping @Sendable () throws -> AppConfigLoader.Loaded
    ) {
        self.plugins = plugins
        self.reloads = reloads
        self.logger = logger
        self.server = server
        self.inForce = inForce
        self.refused = refused
        self.load = load
    }

    /// Follows the files of `first` until cancelled.
    package func run(_ first: AppConfig, files: any Workspace) async throws {
        var current = first
        var isNew = true
        while true {
            let watched = Set(current.files)
            let changes = files.changes(in: Set(watched.map(FilePath.folder)).sorted())
            // What was written before anybody watched is told by nobody.
            if isNew { current = await reload(current, startedWith: first) }
            isNew = Set(current.files) != watched
            if isNew { continue }
            for await some in changes {
                // A file that was not there before counts too: app-config.local.yaml may come later.
                let concerns = some.contains { change in
                    guard case .path(let path) = change else { return true }
                    return watched.contains(path) || path.hasSuffix(".local.yaml")
                }
                if !concerns { continue }
                current = await reload(current, startedWith: first)
                isNew = Set(current.files) != watched
                if isNew { break }
            }
            // The changes of a workspace that cannot watch ends at once.
            if !isNew { try await Task.sleep(for: .seconds(1)) }
        }
    }

    /// Reads the files and applies what changed.
    /// - Returns: what is in force now: the new configuration, or the old one where the new is wrong.
    /// - Parameter first: what the portal started with, where that is not the same.
    package func reload(_ current: AppConfig, startedWith first: AppConfig? = nil) async -> AppConfig {
        let next: AppConfig
        do { next = try load().config } catch {
            refuse("The configuration", error)
            return current
        }
        if let error = Self.emptied(from: current, to: next) {
            refuse("The configuration", error)
            return current
        }
        let changed = Self.changes(from: current, to: next)
        if let check = await check(next, isChanged: !changed.isEmpty), let error = check.refusal {
            refuse("The configuration", error, check.shownMistakes)
            return current
        }
        if changed.isEmpty {
            noteRepair()
            inForce(next)
            return next
        }
        // What is again as it runs needs no restart.
        nameLate(changed.filter(Set(Self.changes(from: first ?? current, to: next)).contains), next)
        var done: [Taker] = []
        for taker in takers(of: changed) {
            do { try await taker.take(next) } catch {
                let subject = taker.plugin.map { "The configuration of \($0)" } ?? "The configuration"
                refuse(subject, error)
                await putBack(current, done)
                return current
            }
            done.append(taker)
        }
        nameTaken(changed)
        noteRepair()
        inForce(next)
        return next
    }

    /// All that is wrong, so that nobody mends one mistake to be told of the next. Plugins are asked as at start.
    private func check(_ next: AppConfig, isChanged: Bool) async -> ConfigCheck? {
        var check = ConfigCheck(next, keys: ConfigInspection.keys(plugins))
        guard isChanged else { return check }
        // Where they cannot be asked, those who take it over say what is wrong.
        do { try await check.checkPlugins(plugins, advises: false) } catch { logger.warning("Not checked: \(error)") }
        return check
    }

    /// A file that held something and is empty now is one that is being written, or was lost; nobody means by it that all
    /// goes.
    private static func emptied(from old: AppConfig, to new: AppConfig) -> PortalError? {
        let filled = Set(old.files).subtracting(old.emptyFiles)
        guard let path = new.emptyFiles.intersection(filled).min() else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return PortalError(
            .input, "\(name) is empty; what it held before stays in force. Write {} into it if nothing is meant.")
    }

    /// - Parameter mistakes: all of them, where there may be several. What others throw may quote what is secret; that is
    ///   for the log alone.
    private func refuse(_ subject: String, _ error: any Error, _ mistakes: [String]? = nil) {
        isRefused.withLock { $0 = true }
        let message = (error as? PortalError)?.message
        logger.error("\(subject) was not taken over: \(message ?? "\(error)")")
        refused(mistakes ?? [message].compactMap { $0.map(ConfigCheck.withoutTitle) })
    }

    /// Whoever mends what was refused waits to hear that it is in use, even where it is as before.
    private func noteRepair() {
        let wasRefused = isRefused.withLock { isRefused in
            defer { isRefused = false }
            return isRefused
        }
        if wasRefused { logger.info("The configuration is right again, and in use as its files say.") }
    }

    /// Who takes over what may change; without a name, the server.
    private struct Taker {
        let plugin: String?
        let take: (AppConfig) async throws -> Void
    }

    private func takers(of changed: [[String]]) -> [Taker] {
        var takers: [Taker] = []
        if Self.touch(changed, ServerSettings.keys) { takers.append(Taker(plugin: nil) { [server] in try server($0) }) }
        for type in plugins where Self.touch(changed, type.configKeys) {
            for reload in reloads where reload.plugin == type.id {
                takers.append(
                    Taker(plugin: type.id) {
                        try await reload.apply(PluginConfig($0, keys: type.configKeys, plugin: type.id))
                    })
            }
        }
        return takers
    }

    /// A configuration is in force whole or not at all: else nothing would take away what half of one has granted.
    private func putBack(_ config: AppConfig, _ takers: [Taker]) async {
        for taker in takers.reversed() {
            do { try await taker.take(config) } catch {
                logger.error(
                    """
                    What was in force before could not be put back for \(taker.plugin ?? "the server"): \(error). \
                    Restart the portal once its configuration is right.
                    """)
            }
        }
    }

    /// Names what is in force from now on.
    private func nameTaken(_ changed: [[String]]) {
        let keys = ConfigInspection.keys(plugins)
        let names = Self.names(changed.filter { Self.touch([$0], keys) })
        if names.isEmpty { return }
        let left = names.count - Self.mostNames
        let told = names.prefix(Self.mostNames) + (left > 0 ? ["\(left) more"] : [])
        logger.info("Changed, and in force now: \(told.joined(separator: ", ")).")
    }

    /// Names what was changed in vain, for now.
    private func nameLate(_ changed: [[String]], _ next: AppConfig) {
        let keys = ConfigInspection.keys(plugins)
        for name in Self.names(
            changed.filter { path in keys.contains { $0.covers(path) } && !Self.touch([path], keys) })
        {
            logger.warning("\(next.node(name).remark("was changed; it takes effect after a restart"))")
        }
    }

    /// Each key once: a list by its own name, because an element that is taken out moves all after it.
    private static func names(_ paths: [[String]]) -> [String] {
        var seen: Set<String> = []
        return paths.map { ConfigPath.text($0.prefix { !$0.hasPrefix("[") }) }.filter { seen.insert($0).inserted }
    }

    private static func touch(_ changed: [[String]], _ keys: [ConfigKey]) -> Bool {
        changed.contains { path in keys.contains { $0.isLive && $0.covers(path) } }
    }

    /// Paths of leaves that differ.
    private static func changes(from old: AppConfig, to new: AppConfig) -> [[String]] {
        let before = Dictionary(old.leaves.map { ($0.path, $0.value) }) { $1 }
        let after = Dictionary(new.leaves.map { ($0.path, $0.value) }) { $1 }
        let paths = Set(before.keys).union(after.keys)
        return paths.filter { before[$0] != after[$0] }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
