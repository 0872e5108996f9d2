import EntityModel

/// A line of a table as spreadsheets read it (RFC 4180).
enum CSVLine {
    /// - Parameter cells: already in their outward form.
    static func append(_ cells: [String], to out: inout [UInt8]) {
        // Readers skip an empty line.
        if cells == [""] { out.append("\"\"") }
        for (number, cell) in cells.enumerated() {
            if number > 0 { out.append(UInt8(ascii: ",")) }
            out += cell.utf8
        }
        out.append("\r\n")
    }

    /// A text that a spreadsheet would run as a formula is made one that it shows (OWASP, CSV injection).
    static func cell(_ text: String) -> String {
        // By scalars: a sign with a combining mark is another character to Swift, and the same sign to a spreadsheet.
        // Some take wide signs for the narrow ones.
        let isFormula = text.unicodeScalars.first.map(formulaSigns.contains) ?? false
        let safe = isFormula ? "'\(text)" : text
        // Descriptions are long: what each byte costs counts here.
        guard safe.withBytes({ bytes in quoted.contains { ByteSearch.contains($0, in: bytes) } }) else { return safe }
        let quote = UInt8(ascii: "\"")
        var out: [UInt8] = [quote]
        safe.withBytes { bytes in
            out.reserveCapacity(bytes.count + 16)
            for byte in bytes {
                if byte == quote { out.append(quote) }
                out.append(byte)
            }
        }
        out.append(quote)
        return String(decoding: out, as: UTF8.self)
    }

    private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
    /// What makes quotation marks necessary.
    private static let quoted = Array(",\"\r\n".utf8)

    /// What a cell shows of a value. Lists of words are joined by blanks; what is nested stands there as JSON.
    static func cell(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): cell(text)
        // No spreadsheet runs a number, and a sign before it is its own.
        case .number, .bool: JSONWriter.text(value ?? .null)
        case .array(let elements): cell(words(elements) ?? JSONWriter.text(.array(elements)))
        case .object(let object): cell(JSONWriter.text(.object(object)))
        }
    }

    /// The elements with blanks between, where that can be taken apart again.
    private static func words(_ elements: [JSONValue]) -> String? {
        var words: [String] = []
        for element in elements {
            switch element {
            case .string(let text)
            where !text.isEmpty && !text.unicodeScalars.contains(where: \.properties.isWhitespace):
                words.append(text)
            case .number, .bool: words.append(JSONWriter.text(element))
            default: return nil
            }
        }
        return words.joined(separator: " ")
    }
}
