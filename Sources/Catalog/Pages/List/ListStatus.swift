import EntityModel
import PortalKit

/// What may be wrong with an entity, as the list filters by it: `filters[processing]=dangling`.
enum ListStatus: String, Sendable, CaseIterable {
    case error, orphan
    /// A relation leads to what is not there.
    case dangling
    /// Its kind is one that teams own, and nobody owns it.
    case ownerless
    case deprecated

    static let orphanKey = "metadata.annotations.backstage.io/orphan"
    /// Kinds whose entities should have an owner; lowercase.
    private static let owned = ["component", "api", "resource", "system", "domain", "template"]

    func title(_ words: any CatalogWords) -> String {
        switch self {
        case .error: words.hasErrors
        case .orphan: words.orphaned
        case .dangling: words.dangling
        case .ownerless: words.ownerless
        case .deprecated: words.deprecated
        }
    }

    /// The entities that it holds of, as far as they may be seen.
    func matches(_ catalog: AuthorizedCatalog) -> Bitmap {
        switch self {
        case .error: catalog.matches(.exists(key: SearchRows.errorKey))
        case .orphan: catalog.matches(.exists(key: Self.orphanKey))
        case .dangling: catalog.dangling
        case .ownerless:
            catalog.matches(
                .all([.oneOf(key: "kind", values: Self.owned), .not(.exists(key: "relations.ownedby"))]))
        case .deprecated: catalog.matches(.oneOf(key: "spec.lifecycle", values: [rawValue]))
        }
    }
}

extension AuthorizedCatalog {
    /// How many of the slots each status holds of.
    func statusCounts(within scope: Bitmap) -> [ListStatus: Int] {
        let question = KeptCounts.Question(key: "status", prefix: nil, most: 0, scope: scope, visible: visible)
        let counts = version.keptCounts.counts(question) {
            ListStatus.allCases.map { ($0.rawValue, scope.countShared(with: $0.matches(self))) }
        }
        return counts.reduce(into: [:]) { counts, entry in
            ListStatus(rawValue: entry.value).map { counts[$0] = entry.count }
        }
    }

    /// The entities with a relation to what is not there, or not for whoever asks.
    var dangling: Bitmap {
        let seen = matches(.everything)
        return version.keptDangling.set(of: seen) { dangling(among: seen) }
    }

    /// Looked for from the side that has less: who may see little sees nearly every target as missing.
    private func dangling(among seen: Bitmap) -> Bitmap {
        let (index, isSeen) = (index, seeing)
        var missing = index.relations.targets.reduce(into: Bitmap()) { $0.formUnion($1) }
        missing.subtract(seen)
        var found = Bitmap(capacity: index.capacity)
        if seen.count < missing.count {
            seen.forEach { slot in
                if index.relations.links(of: slot, { $0.contains { !isSeen($0.other) } }) { found.insert(slot) }
            }
            return found
        }
        missing.forEach { number in
            index.relations.links(to: number) { links in
                for link in links where isSeen(link.other) { found.insert(link.other) }
            }
        }
        return found
    }
}
