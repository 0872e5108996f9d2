import Database
import EntityModel
import Foundation
import PortalKit

/// What the server itself reads of app-config.
struct ServerSettings: Sendable {
    /// Where the portal listens.
    struct Address: Sendable, Hashable, CustomStringConvertible {
        var host: String
        var port: Int

        var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// What to say where the operating system does not let the portal listen; the number is its reason.
        func refusal(_ number: Int32) -> String {
            let here = Address(host: "127.0.0.1", port: port)
            let instead =
                "Set backend.listen to '\(here)' for this machine alone, or to ':\(port)' for its networks too."
            switch number {
            case EADDRINUSE: return isTaken
            case EADDRNOTAVAIL: return "This machine has no address \(host), which backend.listen names. \(instead)"
            case ENOENT: return "The host '\(host)' of backend.listen is unknown. \(instead)"
            case EACCES, EPERM:
                return "Port \(port) is for programs with more rights. Set backend.listen to a port from 1024 on, for "
                    + "example by APP_CONFIG_backend_listen=\(Address(host: host, port: 7007))."
            default: return "Cannot listen at \(self): \(String(cString: strerror(number)))."
            }
        }

        /// What to say where another program listens there; the mend keeps the host, on which safety depends.
        var isTaken: String {
            let other = Address(host: host, port: port < 65_535 ? port + 1 : port - 1)
            return "Port \(port) is taken by another program. Stop that, or set backend.listen, for example by "
                + "APP_CONFIG_backend_listen=\(other)."
        }
    }

    let listen: Address
    let database: DatabaseConfiguration
    let appearance: AppearanceSettings
    /// `app.baseUrl`, where it is written.
    let baseURL: String?
    /// Hosts of `backend.reading.allow`, which may be private.
    let trustedHosts: [String]
    let logging: LogSettings
    /// How long to go on serving after the signal to stop.
    let shutdownDelay: Double

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: AppConfig) throws {
        listen = try Self.address(config.node("backend.listen"))
        database = try DatabaseSettings.read(config.node("backend.database"), folder: config.folder)
        appearance = try AppearanceSettings(config)
        _ = try Operators(config.node(Operators.key.path))
        baseURL = try config.node("app.baseUrl").text()
        logging = try LogSettings(config)
        _ = try TraceSettings(config)
        shutdownDelay = try ShutdownDelay.seconds(config)
        trustedHosts = try (config.node("backend.reading.allow").items() ?? []).map {
            try $0["host"].requiredText().lowercased()
        }
    }

    /// `7007`, `:7007`, `127.0.0.1:7007`, `[::1]:7007`, or an object of host and port; without a host, everywhere.
    private static func address(_ node: ConfigNode) throws -> Address {
        if node.value?.object != nil {
            try node.allowOnly(["host", "port"])
            return Address(
                host: try node["host"].text() ?? "0.0.0.0", port: try node["port"].integer(0...65_535) ?? 7007)
        }
        guard let text = try node.text() else { return Address(host: "0.0.0.0", port: 7007) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let port = parts.last.flatMap({ Int($0) }), (0...65_535).contains(port) else {
            throw node.mistake("must be a port or host:port, but is '\(text)'")
        }
        let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
        return Address(host: host.isEmpty ? "0.0.0.0" : host, port: port)
    }

    static let keys: [ConfigKey] =
        [
            ConfigKey(
                "app.baseUrl", .text, "The address in people's browsers; builds links only, `backend.listen` is served."
            ),
            ConfigKey("backend.baseUrl", .text, "The address of the API; builds links only."),
            ConfigKey(
                "backend.listen", .any, default: ":7007",
                "Where the portal listens: a port, host:port, or both as keys."),
            ConfigKey("backend.listen.host", .text, "The address to listen on; without it, every one of this machine."),
            ConfigKey("backend.listen.port", .number, default: 7007, "The port to listen on."),
            ConfigKey(
                "backend.reading.allow[].host", .text, isLive: true,
                "A host that may be fetched from, `*.example.org` for all below."
            ),
            ShutdownDelay.key, Operators.key,
        ] + AppearanceSettings.keys + DatabaseSettings.keys + LogSettings.keys + TraceSettings.keys
}
