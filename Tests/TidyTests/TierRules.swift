/// Which module may import which: the arrows between the tiers point one way.
enum TierRules {
    /// Features know the kit and not one another; that is what keeps each of them removable.
    static let features: Set<String> = [
        "Access", "Catalog", "Essentials", "Insights", "Integrations", "Scaffolder", "Search", "TechDocs",
    ]

    /// A target imports targets of lower tiers only. Targets without Swift (C libraries) are tier 0.
    private static let tiers: [String: Int] = {
        var tiers = [
            "EntityModel": 0, "Database": 1, "Expressions": 1, "PortalKit": 2, "PortalUI": 3, "PortalServer": 5,
            "callboard": 6, "PortalTesting": 6,
        ]
        for feature in features { tiers[feature] = 4 }
        return tiers
    }()

    /// Libraries that one part of the tree hides from all others.
    private static let homes: [String: String] = [
        "GRDB": "Sources/Database/SQLite/", "CPostgres": "Sources/Database/Postgres/",
        "Yams": "Sources/PortalKit/YAML/", "CAssets": "Sources/PortalUI/",
        "CProcessor": "Sources/Catalog/Index/Memory/", "CCurl": "Sources/PortalServer/Services/",
        "CLinux": "Sources/PortalServer/Services/", "CZlib": "Sources/PortalKit/Web/",
        "Hummingbird": "Sources/PortalServer/", "NIOCore": "Sources/PortalServer/",
        "ServiceLifecycle": "Sources/PortalServer/",
    ]

    static func imports(_ files: [TextFile], targets: Set<String>) -> [String] {
        files.flatMap { file -> [String] in
            guard let tier = tiers[file.target] else {
                return ["\(file.path) is in the target \(file.target), which has no tier. Give it one in TierRules."]
            }
            return modules(of: file).compactMap { line, module in
                let place = "\(file.path):\(line) imports \(module)"
                if features.contains(file.target), features.contains(module), module != file.target {
                    return "\(place): features never import one another. They meet at PortalKit."
                }
                if let home = homes[module], !file.path.hasPrefix(home) {
                    return "\(place), which is for \(home) alone."
                }
                guard targets.contains(module), module != file.target, let other = tiers[module] else { return nil }
                return other < tier ? nil : "\(place): tier \(tier) may not know tier \(other)."
            }
        }
    }

    private static func modules(of file: TextFile) -> [(line: Int, module: String)] {
        file.code.enumerated().compactMap { index, line in
            let pattern =
                /^\s*(?:@[a-zA-Z_]+(?:\([a-zA-Z]*\))? )*(?:[a-z]+ )?import (?:struct |enum |class |func |protocol |typealias |let |var )?([A-Za-z_0-9]+)/
            return line.firstMatch(of: pattern).map { (index + 1, String($0.1)) }
        }
    }
}
