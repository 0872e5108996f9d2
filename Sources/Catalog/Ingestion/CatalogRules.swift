import EntityModel
import PortalKit

/// One entry of `catalog.rules`, or of the rules of one configured location.
package struct CatalogRule: Sendable, Hashable {
    package struct Kind: Sendable, Hashable {
        package let kind: String
        package let specType: String?

        package init(_ kind: String, specType: String? = nil) {
            self.kind = kind.lowercased()
            self.specType = specType?.lowercased()
        }
    }

    package struct Place: Sendable, Hashable {
        package enum Target: Sendable, Hashable {
            case exact(String)
            case pattern(String)
        }

        package let type: String
        package let target: Target?

        package init(type: String, target: Target? = nil) {
            self.type = type
            self.target = target
        }
    }

    package let allow: [Kind]
    /// Where it holds; nil: everywhere.
    package let locations: [Place]?

    package init(allow: [Kind], locations: [Place]? = nil) {
        self.allow = allow
        self.locations = locations
    }
}

/// Which kinds may come from where, after `catalog.rules`; what no rule allows is refused.
struct CatalogRules: Sendable {
    private struct Compiled: Sendable {
        let rule: CatalogRule
        let patterns: [GlobPattern?]
    }

    private let rules: [Compiled]
    private let ofOrigin: [LocationReference: [CatalogRule]]
    /// Changes with the rules.
    let fingerprint: String

    /// - Parameter locations: the configured locations with absolute targets.
    init(_ rules: [CatalogRule]?, locations: [CatalogSettings.ConfiguredLocation] = []) {
        let rules = rules ?? [CatalogRule(allow: [.init("Component"), .init("API"), .init("Location")])]
        self.rules = rules.map { rule in
            Compiled(
                rule: rule,
                patterns: (rule.locations ?? []).map {
                    if case .pattern(let pattern) = $0.target { GlobPattern(pattern, ignoresCase: true) } else { nil }
                })
        }
        ofOrigin = Dictionary(locations.map { ($0.location, $0.rules) }) { $0 + $1 }
        let perLocation = locations.filter { !$0.rules.isEmpty }.map { "\($0)" }
        fingerprint = StableHash.text(StableHash.of("\(rules) \(perLocation)"))
    }

    func allows(_ entity: Entity, from origin: LocationReference) -> Bool {
        if (ofOrigin[origin] ?? []).contains(where: { Self.names($0, entity) }) { return true }
        return rules.contains { compiled in
            guard Self.names(compiled.rule, entity) else { return false }
            guard let places = compiled.rule.locations else { return true }
            return zip(places, compiled.patterns).contains { place, pattern in
                guard place.type == origin.type else { return false }
                switch place.target {
                case nil: return true
                case .exact(let target): return target == origin.target
                case .pattern: return pattern?.matches(origin.target) ?? false
                }
            }
        }
    }

    private static func names(_ rule: CatalogRule, _ entity: Entity) -> Bool {
        rule.allow.contains { allowed in
            allowed.kind == entity.kind.lowercased()
                && (allowed.specType == nil || allowed.specType == entity.spec["type"]?.string?.lowercased())
        }
    }
}
