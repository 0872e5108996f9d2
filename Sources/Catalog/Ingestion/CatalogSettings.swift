import PortalKit

/// What app-config says about reading entities.
package struct CatalogSettings: Sendable {
    /// One entry of `catalog.locations`.
    package struct ConfiguredLocation: Sendable, Hashable {
        package let location: LocationReference
        package let rules: [CatalogRule]

        package init(type: String, target: String, rules: [CatalogRule] = []) {
            location = LocationReference(type: type, target: target)
            self.rules = rules
        }
    }

    /// `catalog.processingInterval`.
    package enum Interval: Sendable, Hashable {
        /// Upstream's 100 to 150 seconds.
        case standard
        /// At least this long, at most half as long again.
        case every(Duration)
        /// Only requests and watched files lead to a reading.
        case off
    }

    /// `catalog.orphanStrategy`.
    package enum OrphanStrategy: String, Sendable { case delete, keep }

    /// One entry of `backend.reading.allow`.
    package struct ReadingAllowance: Sendable, Hashable {
        /// With the port where one is meant; `*.example.org` means every host below.
        package let host: String
        /// Beginnings of paths; nil allows all.
        package let paths: [String]?

        package init(host: String, paths: [String]? = nil) {
            self.host = host.lowercased()
            self.paths = paths
        }
    }

    package var locations: [ConfiguredLocation] = []
    /// `catalog.rules`; nil means upstream's: Component, API and Location from anywhere.
    package var rules: [CatalogRule]?
    package var isReadonly = false
    package var interval = Interval.standard
    package var orphanStrategy = OrphanStrategy.delete
    package var readingAllow: [ReadingAllowance] = []
    /// `catalog.enableRelationsCompatibility`
    package var writesRelationTargets = false
    /// `callboard.history`
    package var history = HistoryRetention()
    /// The folder of the configuration file, absolute.
    package var configFolder = "/"
    /// What may be registered through the API.
    package var registrableTypes: Set<String> = ["url"]
    /// Whether changed local files are noticed at once.
    package var watchesFiles = true

    package init() {}

    var intervalMilliseconds: Int64? {
        switch interval {
        case .standard: 100_000
        case .every(let duration): max(1_000, Int64(duration / .milliseconds(1)))
        case .off: nil
        }
    }

    /// Whether `backend.reading.allow` opens a URL. A path that climbs, in whatever coding, is not what its beginning
    /// says.
    func allowsReading(_ url: URLReference.Parts) -> Bool {
        let segments = PercentCoding.decode(url.path.utf8).split { $0 == "/" || $0 == "\\" }
        guard !segments.contains(where: { $0 == "." || $0 == ".." }) else { return false }
        return readingAllow.contains { entry in
            let isHost =
                entry.host.hasPrefix("*.")
                ? url.host.hasSuffix(entry.host.dropFirst()) && url.host.count > entry.host.count - 1
                : url.host == entry.host
            return isHost && (entry.paths.map { $0.contains { url.path.hasPrefix($0) } } ?? true)
        }
    }
}
