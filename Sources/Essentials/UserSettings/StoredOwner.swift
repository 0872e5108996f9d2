import PortalKit

/// An owner as the table has it.
struct StoredOwner: Sendable, Hashable {
    let text: String
    let isSession: Bool

    /// References have a colon before their first slash, so no user is taken for a session or a group.
    private static let sessionPrefix = "session/"
    private static let groupPrefix = "group/"

    /// - Throws: `PortalError` of kind `input` for one that cannot be stored.
    init(_ owner: SettingsOwner) throws {
        switch owner {
        case .user(let reference): (text, isSession) = (reference, false)
        case .session(let id): (text, isSession) = (Self.sessionPrefix + id, true)
        case .group(let reference): (text, isSession) = (Self.groupPrefix + reference, false)
        }
        let isUser = if case .user = owner { true } else { false }
        guard text.utf8.count <= SettingsLimits.longestOwnerBytes, !text.utf8.contains(0),
            !isUser || ![Self.sessionPrefix, Self.groupPrefix].contains(where: text.hasPrefix)
        else {
            throw PortalError(.input, "Nothing can be kept for a user of this name")
        }
    }

    var mostBytes: Int { isSession ? SettingsLimits.mostBytesOfSession : SettingsLimits.mostBytes }
}
