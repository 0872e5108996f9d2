import HTTPTypes

/// What a request is known by: what the caller names it by, where that can stand in a log line, else a number of ours.
enum RequestID {
    static let field = HTTPField.Name("X-Request-Id")
    static let longest = 128

    static func of(_ headers: HTTPFields) -> String {
        guard let field, let given = headers[field], isWellFormed(given) else { return made() }
        return given
    }

    static func made() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    /// UUIDs, hexadecimal numbers and the like; nothing that ends a line, a quotation or a pair.
    static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        return (1...longest).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
