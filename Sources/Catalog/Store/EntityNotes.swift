import EntityModel
import PortalKit

/// One thing that is wrong in a file, with its place.
package struct LocatedIssue: Sendable, Hashable {
    package let issue: EntityIssue
    package let position: SourcePosition?
}

/// Something that went wrong with an entity or its source, in the words of the wire.
package struct ProcessingProblem: Error, Sendable, Hashable {
    package let name: String
    package let message: String
    /// What the message joins, one by one, as far as it is known. It is not kept: to be the same problem is to have the
    /// same message.
    package let issues: [LocatedIssue]
    /// When it was first seen, in milliseconds since 1970; nil for what nobody keeps.
    var since: Int64?

    package static func == (left: ProcessingProblem, right: ProcessingProblem) -> Bool {
        left.name == right.name && left.message == right.message
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(message)
    }

    /// Longer ones quote somebody's file at length.
    private static let longest = 4_000

    package init(_ name: String, _ message: String, issues: [LocatedIssue] = []) {
        self.name = name
        self.issues = issues
        // No database keeps a NUL in text.
        let shown = message.utf8.contains(0) ? message.replacing("\0", with: "\u{FFFD}") : message
        self.message = shown.utf8.count > Self.longest ? "\(shown.prefix(Self.longest / 4))…" : shown
    }

    package init(_ error: any Error) {
        switch error {
        case let problem as ProcessingProblem: self = problem
        case let unread as UnreadPlaceholder: self = unread.problem
        case let error as PortalError: self.init(error.kind.rawValue, error.message)
        default: self.init("Error", "\(error)")
        }
    }

    /// The problem as whoever does not look at the file itself must be told it: with the place, which is said once.
    ///
    /// - Parameter location: a location as text, `file:/a.yaml`.
    func found(at location: String) -> ProcessingProblem {
        let target = location.split(separator: ":", maxSplits: 1).last.map(String.init) ?? location
        if message.contains(target) { return self }
        var placed = ProcessingProblem(name, "\(location): \(message)")
        placed.since = since
        return placed
    }

    /// As clients get it.
    var json: JSONObject {
        var object: JSONObject = ["name": .string(name), "message": .string(message)]
        if let since { object["since"] = .string(ISOTime.text(since)) }
        return object
    }

    /// As the notes keep it.
    var column: JSONObject {
        var object: JSONObject = ["name": .string(name), "message": .string(message)]
        if let since { object["since"] = .number(Double(since)) }
        return object
    }

    init?(column: JSONValue) {
        guard let name = column["name"]?.string, let message = column["message"]?.string else { return nil }
        self.init(name, message)
        since = column["since"]?.number.map { Int64($0) }
    }
}

extension [ProcessingProblem] {
    /// The same with the time at which each began: what was there before, or stands in the place of what was, is as old
    /// as that.
    func dated(after before: [ProcessingProblem], now: Int64) -> [ProcessingProblem] {
        // A file may have ten thousand that are wrong.
        let present = Set(self)
        let known = Dictionary(before.map { ($0, $0.since) }) { first, _ in first }
        var gone = before.filter { !present.contains($0) }[...]
        return map { problem in
            var dated = problem
            let since = known[problem] ?? gone.popFirst()?.since
            dated.since = problem.since ?? since ?? now
            return dated
        }
    }
}

/// What the catalog itself has to say about an entity, beside what its file says: shown as status and annotation.
struct EntityNotes: Sendable, Hashable {
    /// The last reading of the source failed.
    struct Outage: Sendable, Hashable {
        var problem: ProcessingProblem
        /// Milliseconds since 1970.
        var since: Int64
        /// When the shown version was read.
        var lastSuccess: Int64?
    }

    /// No source declares it any more.
    var isOrphan = false
    /// Shown although something that it points at could not be read, because there was no better version.
    var isPartial = false
    /// What is wrong with the newest version, which therefore is not shown.
    var own: [ProcessingProblem] = []
    var outage: Outage?
    /// Other locations that declare the same reference.
    var rivals: [String] = []
    /// Of a Location entity: what is wrong with the sources it leads to, by location.
    var sources: [String: [ProcessingProblem]] = [:]

    var isEmpty: Bool { self == EntityNotes() }

    /// What does not depend on who declares the entity.
    var ofOthers: EntityNotes {
        var notes = EntityNotes()
        notes.sources = sources
        return notes
    }

    init(isOrphan: Bool = false) { self.isOrphan = isOrphan }

    /// More is counted, not shown.
    private static let mostItems = 50

    /// - Parameter place: the location whose version is shown.
    func statusItems(from place: String?) -> [JSONValue] {
        var items = own.map { Self.item($0, level: "error") }
        if let outage {
            var error = outage.problem.json
            error["since"] = .string(ISOTime.text(outage.since))
            // Null tells whoever shows it that there is no good version.
            error["lastSuccess"] = outage.lastSuccess.map { .string(ISOTime.text($0)) } ?? .null
            items.append(Self.item(outage.problem, level: "error", error: error))
        }
        if !rivals.isEmpty {
            // The error is of those files, and stands where they are listed; this one does nothing wrong.
            items.append(
                Self.item(
                    ProcessingProblem(
                        "ConflictError",
                        "Declared by \(place ?? "a location"), which was first and is shown, and also by "
                            + "\(rivals.joined(separator: ", ")), whose version is not shown."),
                    level: "warning"))
        }
        // The outage of a location that is its own source is said above, with its times.
        let troubles = sources.keys.sorted().flatMap { place in
            (sources[place] ?? []).filter { $0 != outage?.problem }.map { (place: place, problem: $0) }
        }
        items += troubles.prefix(Self.mostItems).map { Self.item($0.problem.found(at: $0.place), level: "error") }
        if troubles.count > Self.mostItems {
            let rest = ProcessingProblem("Error", "\(troubles.count - Self.mostItems) further errors are not shown.")
            items.append(Self.item(rest, level: "error"))
        }
        return items
    }

    private static func item(_ problem: ProcessingProblem, level: String, error: JSONObject? = nil) -> JSONValue {
        [
            "type": "backstage.io/catalog-processing", "level": .string(level),
            "message": .string("\(problem.name): \(problem.message)"),
            "error": .object(error ?? problem.json),
        ]
    }

    /// The body as it is served: with the status and, for an orphan, the annotation.
    func applied(to body: [UInt8]) -> [UInt8] {
        guard !isEmpty, let object = (try? JSONParser.parse(body))?.object else { return body }
        var entity = Entity(object)
        if isOrphan { entity.annotate("backstage.io/orphan", "true") }
        let items = statusItems(from: entity.annotation("backstage.io/managed-by-location"))
        if !items.isEmpty {
            var status = entity.object["status"]?.object ?? [:]
            status["items"] = .array((status["items"]?.array ?? []) + items)
            entity.object["status"] = .object(status)
        }
        return JSONWriter.bytes(.object(entity.object))
    }
}

/// The notes as a column: JSON, null where there is nothing to say.
extension EntityNotes {
    init(column: String?) {
        guard let column, let json = try? JSONParser.parse(Array(column.utf8)) else { return }
        isOrphan = json["orphan"]?.bool ?? false
        isPartial = json["partial"]?.bool ?? false
        own = Self.problems(json["own"])
        rivals = (json["rivals"]?.array ?? []).compactMap(\.string)
        for (location, problems) in json["sources"]?.object?.members ?? [] {
            sources[location] = Self.problems(problems)
        }
        if let value = json["outage"], let problem = ProcessingProblem(column: value) {
            outage = Outage(
                problem: problem, since: Int64(value["since"]?.number ?? 0),
                lastSuccess: value["lastSuccess"]?.number.map { Int64($0) })
        }
    }

    var column: String? {
        if isEmpty { return nil }
        var json = JSONObject()
        if isOrphan { json["orphan"] = true }
        if isPartial { json["partial"] = true }
        if !own.isEmpty { json["own"] = Self.column(own) }
        if !rivals.isEmpty { json["rivals"] = .array(rivals.map { .string($0) }) }
        if !sources.isEmpty {
            json["sources"] = .object(
                JSONObject(sources.keys.sorted().map { ($0, Self.column(sources[$0] ?? [])) }))
        }
        if let outage {
            var value = outage.problem.column
            value["since"] = .number(Double(outage.since))
            if let lastSuccess = outage.lastSuccess { value["lastSuccess"] = .number(Double(lastSuccess)) }
            json["outage"] = .object(value)
        }
        return JSONWriter.text(.object(json))
    }

    private static func problems(_ json: JSONValue?) -> [ProcessingProblem] {
        (json?.array ?? []).compactMap { ProcessingProblem(column: $0) }
    }

    private static func column(_ problems: [ProcessingProblem]) -> JSONValue {
        .array(problems.map { .object($0.column) })
    }
}
