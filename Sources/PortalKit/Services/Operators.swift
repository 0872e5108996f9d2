import EntityModel
import Synchronization

/// Who may look into the portal itself: the users and groups that `devtools.allow` names. Nobody, unless it names some.
///
///     guard environment.operators.contains(request.principal) else { throw Operators.refusal }
public final class Operators: Sendable {
    /// Declared by the server, so that every plugin may ask.
    public static let key = ConfigKey(
        "devtools.allow", .list, isLive: true,
        "Users and groups who may look into the portal itself, such as user:default/ada; nobody where it is absent.")

    private let allowed: Mutex<Set<EntityReference>>

    /// Nobody, until a configuration is taken over.
    public init() { allowed = Mutex([]) }

    /// - Parameter node: of `devtools.allow`.
    /// - Throws: `PortalError` of kind `input` that names the element.
    public init(_ node: ConfigNode) throws { allowed = Mutex(try Self.references(node)) }

    /// Takes over a configuration that changed while the portal runs.
    /// - Throws: `PortalError` of kind `input` that names the element.
    public func take(_ node: ConfigNode) throws {
        let next = try Self.references(node)
        allowed.withLock { $0 = next }
    }

    /// Whether somebody, or a group of theirs, is named. Programs never are.
    public func contains(_ principal: Principal) -> Bool {
        guard case .user(let user) = principal else { return false }
        let allowed = allowed.withLock { $0 }
        if allowed.isEmpty { return false }
        return ([user.userEntityRef] + user.ownershipEntityRefs).contains { text in
            (try? EntityReference(parsing: text)).map(allowed.contains) ?? false
        }
    }

    /// What everybody else is told; whoever reads it learns who can change it.
    public static let refusal = PortalError(
        .notAllowed, "This is for those whom devtools.allow names in the portal's configuration.")

    private static func references(_ node: ConfigNode) throws -> Set<EntityReference> {
        if node.value?.array == nil {
            // One text counts as upstream has it elsewhere, a list of words.
            return Set(try (node.words() ?? []).map { try reference($0, node) })
        }
        return Set(try (node.items() ?? []).map { try reference(try $0.requiredText(), $0) })
    }

    private static func reference(_ text: String, _ node: ConfigNode) throws -> EntityReference {
        guard let reference = try? EntityReference(parsing: text),
            ["user", "group"].contains(reference.kind.lowercased())
        else { throw node.mistake("must be a user or a group such as user:default/ada, but is '\(text)'") }
        return reference
    }
}
