/// What a plugin finds questionable in its configuration although the portal starts with it: paths that lead nowhere,
/// names that nobody knows. `callboard config check` says it.
///
///     ConfigAdvice { try await jobs.missing().map { config.node("jenkins.jobs").mistake("names \($0), …").message } }
public struct ConfigAdvice: Contribution {
    /// Sentences that name key, place and mend; `ConfigNode.mistake` makes them. It may read files, and fetches nothing.
    public let find: @Sendable () async throws -> [String]

    public init(_ find: @escaping @Sendable () async throws -> [String]) { self.find = find }
}
