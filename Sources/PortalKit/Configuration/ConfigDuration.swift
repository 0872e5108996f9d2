import EntityModel

/// Lengths of time as upstream's configuration writes them: ISO 8601, words with units, or an object of units.
extension ConfigNode {
    private static let unitSeconds: [String: Double] = [
        "milliseconds": 0.001, "seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400, "weeks": 604_800,
        "months": 2_592_000, "years": 31_536_000,
    ]

    /// Whoever reckons with it comes to no end of a number.
    private static let longest = 1_000 * 365 * 86_400.0

    /// Seconds of `{ hours: 1, minutes: 30 }`, `90m`, `1h 30m`, `250ms`, `2 days` or `PT1H30M`; a month has 30 days and a
    /// year 365; nil where nothing is written.
    /// - Parameter mayBeOff: whether whoever asks takes `false` too, which the error then names.
    /// - Throws: `PortalError` of kind `input` that names the key.
    public func durationSeconds(orFalse mayBeOff: Bool = false) throws -> Double? {
        guard let value, value != .null else { return nil }
        let wanted =
            "must be a number with its unit: '30s', '5m', '1h', '7d', 'PT1H' or { minutes: 5 }"
            + (mayBeOff ? "; or false for never" : "")
        let seconds: Double
        if let text = value.string {
            guard let read = Self.seconds(text) else { throw mistake(wanted) }
            seconds = read
        } else {
            guard value.object != nil else { throw mistake(wanted) }
            seconds = try ofUnits()
        }
        guard seconds <= Self.longest else { throw mistake("must be at most a thousand years") }
        return seconds
    }

    private func ofUnits() throws -> Double {
        try allowOnly(Set(Self.unitSeconds.keys))
        return try keys().reduce(0) { sum, key in
            guard let count = try self[key].number(), count >= 0, let unit = Self.unitSeconds[key] else {
                throw self[key].mistake("must be a number that is not negative")
            }
            return sum + count * unit
        }
    }

    private static func seconds(_ text: String) -> Double? {
        let text = text.lowercased()
        guard text.hasPrefix("p") else { return sum(text, in: wordUnits) }
        let halves = text.dropFirst().split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = zip(halves, [dateUnits, timeUnits]).filter { !$0.0.isEmpty }.map { sum($0.0, in: $0.1) }
        // `PT` and `P1DT` say that something follows.
        guard !parts.isEmpty, halves.count == 1 || !halves[1].isEmpty else { return nil }
        return parts.reduce(0) { sum, part in part.flatMap { part in sum.map { $0 + part } } }
    }

    /// Numbers, each with its unit.
    private static func sum(_ text: some StringProtocol, in units: [String: String]) -> Double? {
        var (sum, rest) = (0.0, Substring(text).drop { $0 == " " })
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let word = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(word.count).drop { $0 == " " }
            guard let count = Double(digits), let unit = units[String(word)].flatMap({ unitSeconds[$0] }) else {
                return nil
            }
            sum += count * unit
        }
        return sum
    }

    /// Of what is written in words; `m` is a minute here.
    private static let wordUnits = named([
        "milliseconds": ["ms", "msec", "msecs", "millisecond"], "seconds": ["s", "sec", "secs", "second"],
        "minutes": ["m", "min", "mins", "minute"], "hours": ["h", "hr", "hrs", "hour"], "days": ["d", "day"],
        "weeks": ["w", "week"], "months": ["month"], "years": ["y", "yr", "yrs", "year"],
    ]).merging(unitSeconds.keys.map { ($0, $0) }) { first, _ in first }

    /// ISO 8601 before and after its `T`.
    private static let dateUnits = named(["years": ["y"], "months": ["m"], "weeks": ["w"], "days": ["d"]])
    private static let timeUnits = named(["hours": ["h"], "minutes": ["m"], "seconds": ["s"]])

    private static func named(_ words: [String: [String]]) -> [String: String] {
        Dictionary(words.flatMap { unit, names in names.map { ($0, unit) } }) { first, _ in first }
    }
}
