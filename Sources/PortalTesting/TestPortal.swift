import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer

/// A whole portal of one test: configuration text, files in memory, requests without a socket.
public struct TestPortal: Sendable {
    public let files: MemoryWorkspace
    public let http: RecordedHTTP
    public let database: any SQLDatabase
    private let portal: Portal

    /// The token that `send` presents unless told otherwise.
    public static let token = "test-token-of-the-operator"

    private static let access = """
        backend:
          auth:
            externalAccess:
              - { type: static, options: { token: \(token), subject: tests } }
        """

    /// - Parameters:
    ///   - config: app-config as text; a token for `send` is added to it.
    ///   - files: by absolute path; the configuration's folder is `/portal`.
    public static func make(
        _ config: String = "", files: [String: String] = [:], engine: Dialect = .sqlite,
        plugins: [any Plugin.Type] = standardPlugins, database: (any SQLDatabase)? = nil,
        clock: any PortalClock = SystemClock(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tracer: Tracer = .off
    ) async throws -> TestPortal {
        let loader = AppConfigLoader(environment: [:]) { path in
            Array((path.hasSuffix("access.yaml") ? access : config).utf8)
        }
        let loaded = try loader.load(["/portal/access.yaml", "/portal/app-config.yaml"])
        let files = MemoryWorkspace(files)
        let http = RecordedHTTP()
        let database = if let database { database } else { try await TestDatabase.open(engine) }
        var outside = Portal.Outside(clock: clock, fetcher: http, files: files, logger: logger)
        outside.tracer = tracer
        let portal = try await Portal.assemble(
            loaded.config, plugins: plugins, database: database, dataFolder: nil, outside)
        return TestPortal(files: files, http: http, database: database, portal: portal)
    }

    public var registry: PluginRegistry { portal.registry }
    /// Every route, in the order of the plugins.
    public var routes: [Route] { portal.routes }

    /// Takes over what of the server's own configuration may change while it runs.
    public func take(_ config: AppConfig) throws { try portal.take(config) }

    /// Notes that a configuration did not come into force, or that one did.
    public func noteRefusal(_ mistakes: [String]) { portal.noteRefusal(mistakes) }
    public func noteInForce(_ config: AppConfig) { portal.noteInForce(config) }

    /// Sends a request; `token: nil` for an anonymous one.
    public func send(
        _ method: HTTPRequest.Method = .get, _ target: String, json: JSONValue? = nil, token: String? = token,
        headers: HTTPFields = [:]
    ) async -> PortalResponse {
        var headers = headers
        if json != nil { headers[.contentType] = "application/json" }
        return await send(method, target, bytes: json.map(JSONWriter.bytes) ?? [], token: token, headers: headers)
    }

    /// Sends a body of any bytes, with no other headers than the given and the token's.
    public func send(
        _ method: HTTPRequest.Method, _ target: String, bytes: [UInt8], token: String? = token,
        headers: HTTPFields = [:]
    ) async -> PortalResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return await whole(portal.respond(method, target, headers: headers, body: bytes))
    }

    /// Sends a form as a browser does, without a token unless one is given.
    public func submit(
        _ target: String, form: String, token: String? = nil, headers: HTTPFields = [:]
    ) async -> PortalResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        headers[.contentType] = "application/x-www-form-urlencoded"
        return await whole(portal.respond(.post, target, headers: headers, body: Array(form.utf8)))
    }

    /// Sends a request with a body of any bytes, which need not be JSON.
    public func send(
        _ method: HTTPRequest.Method, _ target: String, token: String? = token, headers: HTTPFields, bytes: [UInt8]
    ) async -> PortalResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return await whole(portal.respond(method, target, headers: headers, body: bytes))
    }

    /// An answer with all its pieces in the body, as a client sees it.
    private func whole(_ response: PortalResponse) -> PortalResponse {
        guard let pieces = response.pieces else { return response }
        var response = response
        var number = 0
        while let piece = pieces(number) {
            response.body += piece
            number += 1
        }
        response.pieces = nil
        return response
    }

    /// Runs the background services while `body` runs.
    public func running<Result: Sendable>(_ body: @Sendable @escaping () async throws -> Result) async throws -> Result
    {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            for service in portal.registry.all(BackgroundService.self) {
                group.addTask {
                    try? await service.run()
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() { if let result { return result } }
            throw CancellationError()
        }
    }

    /// Does a scheduled job once, whatever its time is.
    /// - Throws: what the job throws, or `PortalError` of kind `notFound` where there is none of that name.
    public func run(job name: String) async throws {
        guard let job = portal.registry.all(ScheduledJob.self).first(where: { $0.name == name }),
            let lease = try await Lease.acquire("job \(name)", milliseconds: 60_000, in: portal.database)
        else { throw PortalError(.notFound, "There is no job \(name), or it runs.") }
        try await job.run(lease)
        try await lease.release(in: portal.database)
    }

    /// Waits until a condition holds, at most two minutes, for a machine that does much beside; returns whether it does.
    public func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end, !Task.isCancelled {
            if await condition() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
