import EntityModel
import PortalKit
import PortalUI

/// The columns that the list can show; which it does depends on the kind, as upstream's do, and on what is chosen.
enum ListColumn: String, Sendable, CaseIterable {
    case name, kind, owner, system, domain, parent, groups, mail, type, lifecycle, namespace, description, providers,
        consumers, tags, target

    static func standard(for kind: String) -> [ListColumn] {
        switch kind {
        case "system": [.name, .owner, .domain, .type, .tags]
        case "domain": [.name, .owner, .domain, .tags]
        case "resource": [.name, .owner, .system, .type, .tags]
        case "template": [.name, .owner, .type, .tags]
        case "group": [.name, .parent, .type, .mail]
        case "user": [.name, .groups, .mail]
        case "location": [.name, .type, .target]
        // Whoever looks for an API asks who provides it; with the system too there would be no room for that.
        case "api": [.name, .owner, .type, .lifecycle, .providers, .consumers]
        case "all": [.name, .kind, .owner, .type, .lifecycle, .tags]
        default: [.name, .owner, .system, .type, .lifecycle, .tags]
        }
    }

    /// Those that say something of a kind, the name aside, which is always shown.
    static func offered(for kind: String) -> [ListColumn] {
        let people: [ListColumn] = [.parent, .groups, .mail]
        let own: [ListColumn] =
            switch kind {
            case "group", "user": people + [.type, .namespace, .description, .tags]
            case "location": [.type, .target, .namespace, .description, .tags]
            case "api":
                [.owner, .system, .type, .lifecycle, .providers, .consumers, .namespace, .description, .tags]
            case "all": allCases.filter { $0 != .name }
            default: [.owner, .system, .domain, .type, .lifecycle, .namespace, .description, .tags]
            }
        return own
    }

    func title(_ words: any CatalogWords) -> String {
        switch self {
        case .name: words.name
        case .kind: words.kind
        case .owner: words.owner
        case .system: words.system
        case .domain: words.domain
        case .parent: words.parent
        case .groups: words.groups
        case .mail: words.mail
        case .type: words.type
        case .lifecycle: words.lifecycle
        case .namespace: words.namespace
        case .description: words.description
        case .providers: words.providedBy
        case .consumers: words.consumers
        case .tags: words.tags
        case .target: words.target
        }
    }
}
