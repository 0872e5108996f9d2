public import HTTPTypes

/// A language that the whole interface speaks. What people wrote themselves is never translated.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// The tag of RFC 5646.
    case english = "en"
    case german = "de"

    /// What its speakers call it.
    public var name: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        }
    }

    /// The one that a browser asks for with `Accept-Language` (RFC 9110); English where it asks for none of them.
    public static func preferred(by headers: HTTPFields) -> Language {
        var best: (language: Language, weight: Double)?
        for field in headers[values: .acceptLanguage] {
            for entry in field.split(separator: ",").prefix(mostWishes) {
                let parts = entry.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
                guard let tag = parts.first,
                    let language = allCases.first(where: { tag.split(separator: "-").first == $0.rawValue[...] })
                else { continue }
                let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
                if weight > best?.weight ?? 0 { best = (language, weight) }
            }
        }
        return best?.language ?? .english
    }

    private static let mostWishes = 50
}
