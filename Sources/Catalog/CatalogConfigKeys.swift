import EntityModel
import PortalKit

/// What the catalog reads of app-config.
enum CatalogConfigKeys {
    static let all: [ConfigKey] = [
        ConfigKey("catalog.locations[].type", .text, default: "url", isLive: true, "Where a location is: file or url."),
        ConfigKey(
            "catalog.locations[].target", .text, isLive: true,
            "The path or URL; paths are relative to this file, and may be patterns such as `services/**/catalog-info.yaml`."
        ),
        ConfigKey(
            "catalog.locations[].rules[].allow", .list, isLive: true,
            "Kinds that may come from this location besides the others."),
        ConfigKey(
            "catalog.rules[].allow", .list, default: ["Component", "API", "Location"], isLive: true,
            "Kinds that may be read."),
        ConfigKey("catalog.rules[].locations[].type", .text, isLive: true, "Limits the rule to locations of a type."),
        ConfigKey("catalog.rules[].locations[].exact", .text, isLive: true, "Limits the rule to one target."),
        ConfigKey(
            "catalog.rules[].locations[].pattern", .text, isLive: true,
            "Limits the rule to targets that match a pattern."),
        ConfigKey(
            "catalog.readonly", .boolean, default: false, isLive: true, "Refuses to register and unregister locations."),
        ConfigKey(
            "catalog.processingInterval", .durationOrFalse, default: ["seconds": 100], isLive: true,
            "How often sources are read again; false for only when asked."),
        ConfigKey(
            "catalog.orphanStrategy", .text, default: "delete", isLive: true,
            "What happens to entities that no file declares any more: delete or keep."),
        ConfigKey(
            "catalog.enableRelationsCompatibility", .boolean, default: false, isLive: true,
            "Whether each relation in answers carries `target` with kind, namespace and name too, for older clients."),
        ConfigKey(
            "backend.reading.allow[].host", .text, isLive: true,
            "A host that may be read from, `*.example.org` for all below."),
        ConfigKey(
            "backend.reading.allow[].paths", .list, isLive: true,
            "The beginnings of paths that may be read there; all without it."),
        ConfigKey(
            "callboard.history.maxAge", .durationOrFalse, default: ["days": 365], isLive: true,
            "How long changes of entities are kept; false for without end. The newest of each entity always is."),
        ConfigKey(
            "callboard.history.maxChangesPerEntity", .number, default: 200, isLive: true,
            "How many changes of one entity are kept, the newest; false for all."),
        ConfigKey(
            "callboard.history.maxChanges", .number, default: 1_000_000, isLive: true,
            "How many changes are kept in all, the newest; false for all."),
    ]
}

extension CatalogSettings {
    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: PluginConfig) throws {
        self.init()
        configFolder = config.folder
        locations = try (config.node("catalog.locations").items() ?? []).map(Self.location)
        rules = try config.node("catalog.rules").items()?.map(Self.rule)
        isReadonly = try config.node("catalog.readonly").flag() ?? false
        writesRelationTargets = try config.node("catalog.enableRelationsCompatibility").flag() ?? false
        interval = try Self.interval(config.node("catalog.processingInterval"))
        history = try HistoryRetention(config)
        let orphans = try config.node("catalog.orphanStrategy")
        if let text = try orphans.text() {
            guard let strategy = OrphanStrategy(rawValue: text) else {
                throw orphans.mistake("must be delete or keep", near: text, among: ["delete", "keep"])
            }
            orphanStrategy = strategy
        }
        readingAllow = try (config.node("backend.reading.allow").items() ?? []).map { entry in
            ReadingAllowance(host: try entry["host"].requiredText(), paths: try entry["paths"].words())
        }
    }

    private static func location(_ node: ConfigNode) throws -> ConfiguredLocation {
        ConfiguredLocation(
            type: try node["type"].text() ?? "url", target: try node["target"].requiredText(),
            rules: try (node["rules"].items() ?? []).map(rule))
    }

    private static func rule(_ node: ConfigNode) throws -> CatalogRule {
        guard let allow = try node["allow"].items() else { throw node["allow"].mistake("is missing") }
        let kinds = try allow.map { item in
            guard item.value?.object != nil else { return CatalogRule.Kind(try item.requiredText()) }
            return CatalogRule.Kind(
                try item["kind"].requiredText(), specType: try item["spec.type"].text(orMember: item))
        }
        let places = try node["locations"].items()?.map { place in
            let exact = try place["exact"].text()
            let pattern = try place["pattern"].text()
            if exact != nil && pattern != nil { throw place.mistake("has both exact and pattern; keep one") }
            return CatalogRule.Place(
                type: try place["type"].requiredText(),
                target: exact.map { .exact($0) } ?? pattern.map { .pattern($0) })
        }
        return CatalogRule(allow: kinds, locations: places)
    }

    private static func interval(_ node: ConfigNode) throws -> Interval {
        if node.value?.bool == false { return .off }
        guard let seconds = try node.durationSeconds(orFalse: true) else { return .standard }
        return .every(.milliseconds(Int64(max(1, seconds) * 1_000)))
    }
}

extension HistoryRetention {
    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: PluginConfig) throws {
        self.init()
        let age = try config.node("callboard.history.maxAge")
        if age.value?.bool == false {
            maxAgeMilliseconds = nil
        } else if let seconds = try age.durationSeconds(orFalse: true) {
            guard seconds >= 3_600 else { throw age.mistake("must be at least an hour, or false for without end") }
            maxAgeMilliseconds = Int64(seconds * 1_000)
        }
        maxChangesPerEntity = try Self.count(
            config.node("callboard.history.maxChangesPerEntity"), default: maxChangesPerEntity)
        maxChanges = try Self.count(config.node("callboard.history.maxChanges"), default: maxChanges)
    }

    private static let mostChanges = 1e12

    private static func count(_ node: ConfigNode, default fallback: Int?) throws -> Int? {
        if node.value?.bool == false { return nil }
        guard let number = try node.number() else { return fallback }
        guard number >= 1, number <= mostChanges, number == number.rounded() else {
            throw node.mistake("must be a whole number of at least 1, or false for all")
        }
        return Int(number)
    }
}

extension ConfigNode {
    /// A member whose key holds a dot, or the text at this path.
    fileprivate func text(orMember node: ConfigNode) throws -> String? {
        try node.value?["spec.type"]?.string ?? text()
    }
}
