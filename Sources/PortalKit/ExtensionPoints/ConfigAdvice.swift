/// What a plugin finds questionable in its configuration although the portal starts with it: paths that lead nowhere,
/// names that nobody knows. `callboard config check` says it.
///
///     ConfigAdvice { try await jobs.missing().map { config.node("jenkins.jobs").mistake("names \($0), …") } }
public struct ConfigAdvice: Contribution {
    /// Sentences that name key, place and mend, as `ConfigNode.mistake` makes them; they are told beside all other
    /// mistakes, so what is wrong by itself need not be among them. It may read files, and fetches nothing.
    public let find: @Sendable () async throws -> [PortalError]

    public init(_ find: @escaping @Sendable () async throws -> [PortalError]) { self.find = find }
}
