import PortalKit

/// An owner as the table has it.
struct StoredOwner: Sendable, Hashable {
    let text: String
    let isSession: Bool

    /// References have a colon before their first slash, so no user is taken for a session.
    private static let sessionPrefix = "session/"

    /// - Throws: `PortalError` of kind `input` for one that cannot be stored.
    init(_ owner: SettingsOwner) throws {
        switch owner {
        case .user(let reference): (text, isSession) = (reference, false)
        case .session(let id): (text, isSession) = (Self.sessionPrefix + id, true)
        }
        guard text.utf8.count <= SettingsLimits.longestOwnerBytes, !text.utf8.contains(0),
            isSession || !text.hasPrefix(Self.sessionPrefix)
        else {
            throw PortalError(.input, "Nothing can be kept for a user of this name")
        }
    }

    var mostBytes: Int { isSession ? SettingsLimits.mostBytesOfSession : SettingsLimits.mostBytes }
}
