/// One row of a result; columns by name.
public struct Row: Sendable {
    /// Shared by all rows of a result.
    let columns: [String]
    let values: [SQLValue]

    public func value(_ name: String) throws -> SQLValue {
        guard let index = columns.firstIndex(of: name) else {
            throw DatabaseError(
                .statement, "The result has no column \(name); it has \(columns.joined(separator: ", ")).")
        }
        return values[index]
    }

    public func integer(_ name: String) throws -> Int64 { try required(name, optionalInteger(name)) }
    public func text(_ name: String) throws -> String { try required(name, optionalText(name)) }
    public func blob(_ name: String) throws -> [UInt8] { try required(name, optionalBlob(name)) }
    public func double(_ name: String) throws -> Double { try required(name, optionalDouble(name)) }
    public func bool(_ name: String) throws -> Bool { try integer(name) != 0 }

    public func optionalInteger(_ name: String) throws -> Int64? {
        switch try value(name) {
        case .null: nil
        case .integer(let integer): integer
        case let other: throw mismatch(name, other, "an integer")
        }
    }

    public func optionalText(_ name: String) throws -> String? {
        switch try value(name) {
        case .null: nil
        case .text(let text): text
        case let other: throw mismatch(name, other, "text")
        }
    }

    public func optionalBlob(_ name: String) throws -> [UInt8]? {
        switch try value(name) {
        case .null: nil
        case .blob(let blob): blob
        case let other: throw mismatch(name, other, "a blob")
        }
    }

    public func optionalDouble(_ name: String) throws -> Double? {
        switch try value(name) {
        case .null: nil
        case .double(let double): double
        case .integer(let integer): Double(integer)
        case let other: throw mismatch(name, other, "a number")
        }
    }

    private func required<Value>(_ name: String, _ value: Value?) throws -> Value {
        guard let value else { throw DatabaseError(.statement, "Column \(name) is null.") }
        return value
    }

    private func mismatch(_ name: String, _ value: SQLValue, _ wanted: String) -> DatabaseError {
        let found =
            switch value {
            case .null: "null"
            case .integer: "an integer"
            case .double: "a double"
            case .text: "text"
            case .blob: "a blob"
            }
        return DatabaseError(.statement, "Column \(name) holds \(found), not \(wanted).")
    }
}
