/// Shell patterns as catalog rules write them: `*`, `**`, `?` and `{a,b}`, dot files included.
///
/// Matching takes time in proportion to pattern and text multiplied, whatever the pattern.
public struct GlobPattern: Sendable, Hashable {
    private static let mostAlternatives = 64
    private let alternatives: [[GlobToken]]
    /// The same for most texts; nil where one of the alternatives has none.
    private let machines: [GlobMachine]?
    private let ignoresCase: Bool

    public init(_ pattern: String, ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        let pattern = ignoresCase ? pattern.lowercased() : pattern
        alternatives = Self.expanded(pattern).prefix(Self.mostAlternatives).map(Self.tokens)
        let machines = alternatives.compactMap { GlobMachine($0) }
        self.machines = machines.count == alternatives.count ? machines : nil
    }

    /// Whether a text has any of the signs that make it a pattern.
    public static func isPattern(_ text: String) -> Bool { text.contains { "*?{".contains($0) } }

    /// Whether the whole text fits.
    public func matches(_ text: String) -> Bool {
        let text = ignoresCase ? text.lowercased() : text
        if let machines, let answer = Self.matches(machines, text) { return answer }
        let characters = Array(text)
        return alternatives.contains { Self.matches($0, characters) }
    }

    /// - Returns: nil for a text that no machine takes.
    private static func matches(_ machines: [GlobMachine], _ text: String) -> Bool? {
        var isAny = false
        for machine in machines {
            guard let answer = machine.matches(text) else { return nil }
            isAny = isAny || answer
        }
        return isAny
    }

    private static func tokens(_ pattern: String) -> [GlobToken] {
        var tokens: [GlobToken] = []
        var rest = Array(pattern)[...]
        while let first = rest.popFirst() {
            switch first {
            case "?": tokens.append(.one)
            case "*":
                guard rest.first == "*" else {
                    tokens.append(.many)
                    continue
                }
                while rest.first == "*" { rest.removeFirst() }
                if rest.first == "/", tokens.last == nil || tokens.last == .character("/") {
                    rest.removeFirst()
                    tokens.append(.folders)
                } else {
                    tokens.append(.all)
                }
            default: tokens.append(.character(first))
            }
        }
        return tokens
    }

    /// Follows all places in the pattern at once.
    private static func matches(_ tokens: [GlobToken], _ text: [Character]) -> Bool {
        var places = closure([0], tokens)
        for character in text {
            var next: Set<Int> = []
            for place in places where place < tokens.count {
                switch tokens[place] {
                case .character(let wanted): if wanted == character { next.insert(place + 1) }
                case .one: if character != "/" { next.insert(place + 1) }
                case .many: if character != "/" { next.insert(place) }
                case .all: next.insert(place)
                case .folders:
                    next.insert(place)
                    if character == "/" { next.insert(place + 1) }
                }
            }
            places = closure(next, tokens, atFolderStart: character == "/")
            if places.isEmpty { return false }
        }
        return places.contains(tokens.count)
    }

    /// Adds the places that are reached without a character.
    private static func closure(_ places: Set<Int>, _ tokens: [GlobToken], atFolderStart: Bool = true) -> Set<Int> {
        var result = places
        var waiting = Array(places)
        while let place = waiting.popLast() {
            guard place < tokens.count else { continue }
            let passes =
                switch tokens[place] {
                case .many, .all: true
                case .folders: atFolderStart
                default: false
                }
            if passes, result.insert(place + 1).inserted { waiting.append(place + 1) }
        }
        return result
    }

    private static func expanded(_ pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else {
            return [pattern]
        }
        let choices = pattern[pattern.index(after: open)..<close].split(
            separator: ",", omittingEmptySubsequences: false)
        let tails = expanded(String(pattern[pattern.index(after: close)...])).prefix(mostAlternatives)
        return choices.prefix(mostAlternatives).flatMap { choice in
            tails.map { pattern[..<open] + choice + $0 }
        }.prefix(mostAlternatives).map(String.init)
    }
}

/// A part of a pattern.
enum GlobToken: Sendable, Hashable {
    case character(Character)
    /// One character that is no slash.
    case one
    /// Any characters but slashes.
    case many
    /// Any characters.
    case all
    /// `**/`: nothing, or whole folders.
    case folders
}
