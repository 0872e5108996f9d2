import EntityModel
import PortalKit

/// Who or what changed an entity, as the change feed keeps it.
enum ChangeCause: Sendable, Hashable {
    /// What stands there now, or no longer does.
    case location(LocationReference)
    case user(String)
    /// A program, by the subject of its token.
    case service(String)
    /// The operator took a location away.
    case configuration
    case anonymous

    init(_ principal: Principal) {
        switch principal {
        case .none: self = .anonymous
        case .user(let user): self = .user(user.userEntityRef)
        case .service(let service): self = .service(service.subject)
        }
    }

    /// Its word, and what it names if anything.
    private var parts: (type: String, name: String?) {
        switch self {
        case .location(let location): ("location", location.description)
        case .user(let reference): ("user", reference)
        case .service(let subject): ("service", subject)
        case .configuration: ("configuration", nil)
        case .anonymous: ("anonymous", nil)
        }
    }

    /// As the log names them: `user:default/jane`, `service builds`.
    var who: String {
        switch self {
        case .user(let reference): reference
        case .anonymous: "somebody who is not signed in"
        default: column
        }
    }

    /// `location file:/data/all.yaml`
    var column: String { [parts.type, parts.name].compactMap { $0 }.joined(separator: " ") }

    /// - Parameter column: nil for changes of before it was kept.
    init?(column: String?) {
        guard let parts = column?.split(separator: " ", maxSplits: 1).map(String.init), let type = parts.first else {
            return nil
        }
        switch (type, parts.count > 1 ? parts[1] : nil) {
        case ("location", let name?):
            guard let location = LocationReference(parsing: name) else { return nil }
            self = .location(location)
        case ("user", let name?): self = .user(name)
        case ("service", let name?): self = .service(name)
        case ("configuration", nil): self = .configuration
        case ("anonymous", nil): self = .anonymous
        default: return nil
        }
    }

    var json: JSONValue {
        var object: JSONObject = ["type": .string(parts.type)]
        if let name = parts.name { object["name"] = .string(name) }
        return .object(object)
    }
}
