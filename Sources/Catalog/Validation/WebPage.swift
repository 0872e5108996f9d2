/// A page for people where an entity file was meant: what a host shows around the file, or its sign-in.
enum WebPage {
    static let message = "This is a web page, not an entity file"
    static let mend = "Name the address of the file itself, which source hosts call raw."

    static func isOne(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }
}
