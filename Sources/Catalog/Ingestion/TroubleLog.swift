import PortalKit
import Synchronization

/// What the log was told of each source, so that one which fails at every try does not fill it.
final class TroubleLog: Sendable {
    /// After so long the same is said again.
    static let silenceSeconds = 3_600.0
    /// Sources that are kept in mind; beyond that all is forgotten, and said again.
    private static let most = 100_000

    private struct Told: Sendable {
        /// Of the lines.
        let hash: Int
        let first: Double
        var last: Double
        var count = 1
    }

    private let told = Mutex<[LocationReference: Told]>([:])

    /// What was said of these counts no more: who brings one of them back is told again.
    func forget(_ places: some Sequence<LocationReference>) {
        told.withLock { told in
            for place in places { told[place] = nil }
        }
    }

    /// The lines to log of a source that was just read with these errors.
    /// - Parameter now: seconds since 1970.
    func lines(_ errors: [String], of place: LocationReference, now: Double) -> [String] {
        told.withLock { told in
            if errors.isEmpty {
                told[place] = nil
                return []
            }
            let errors = errors.map(Self.inOneLine)
            if told.count >= Self.most { told = [:] }
            guard var known = told[place], known.hash == errors.hashValue else {
                told[place] = Told(hash: errors.hashValue, first: now, last: now)
                return errors
            }
            known.count += 1
            defer { told[place] = known }
            guard now - known.last >= Self.silenceSeconds else { return [] }
            known.last = now
            let since = ISOTime.text(Int64(known.first * 1_000))
            return errors.map { "\($0) (\(known.count) times since \(since))" }
        }
    }

    /// They quote what is in files, which must not look like lines of the log's own.
    private static func inOneLine(_ error: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in error.unicodeScalars {
            let isBreak = [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            line.append(isBreak ? " " : scalar)
        }
        return String(line)
    }
}
