/// The forms of names in an entity's envelope, after upstream's `KubernetesValidatorFunctions`, with namespaces read
/// as leniently as its documentation does.
public enum NameFormat {
    public static let longest = 63
    private static let longestPrefix = 253

    /// `metadata.name` and the values of labels: letters and digits, with `-`, `_` and `.` between them.
    public static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= longest else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    /// Letters and digits, with dashes between them.
    public static func isNamespace(_ text: String) -> Bool {
        isName(text) && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    /// A letter, then letters and digits.
    public static func isKind(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= longest else { return false }
        return isAlphanumeric(first) && !isDigit(first) && text.utf8.allSatisfy(isAlphanumeric)
    }

    /// `suffix` or `prefix/suffix`.
    public static func isAPIVersion(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let suffix = parts.last, parts.count <= 2 else { return false }
        if parts.count == 2, !isSubdomain(parts[0]) { return false }
        return (1...longest).contains(suffix.utf8.count) && suffix.utf8.allSatisfy(isAlphanumeric)
    }

    /// The keys of labels and annotations: `name` or `prefix/name`.
    public static func isKey(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2 else { return false }
        return isName(String(name)) && (parts.count == 1 || isSubdomain(parts[0]))
    }

    /// Lowercase letters, digits, `:`, `+` and `#`, with single dashes between them.
    public static func isTag(_ text: String) -> Bool {
        guard (1...longest).contains(text.utf8.count) else { return false }
        return text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { isLowercase($0) || isDigit($0) || ":+#".utf8.contains($0) }
        }
    }

    /// What a text becomes as a name, other characters as dashes; nil where it is too long, or nothing is left of it.
    static func name(from text: String) -> String? { mended(text) { isAlphanumeric($0) || "_.".utf8.contains($0) } }

    static func namespace(from text: String) -> String? { mended(text, isAlphanumeric) }

    static func tag(from text: String) -> String? {
        mended(text.lowercased()) { isLowercase($0) || isDigit($0) || ":+#".utf8.contains($0) }
    }

    private static func mended(_ text: String, _ fits: (UInt8) -> Bool) -> String? {
        guard text.utf8.count <= longest else { return nil }
        let parts = text.unicodeScalars.split { !($0.isASCII && fits(UInt8($0.value))) }.map { String($0) }
        let name = parts.joined(separator: "-").drop { "-_.".contains($0) }
        let end = name.lastIndex { !"-_.".contains($0) }
        return end.map { String(name[...$0]) }
    }

    private static func isSubdomain(_ text: Substring) -> Bool {
        guard (1...longestPrefix).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...longest).contains(label.utf8.count)
                && label.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                    !part.isEmpty && part.utf8.allSatisfy { isLowercase($0) || isDigit($0) }
                }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLowercase(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLowercase(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
