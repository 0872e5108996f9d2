/// One row of a result; columns by name, or faster by position.
public struct Row: Sendable {
    /// Shared by all rows of a result.
    let columns: [String]
    let values: [SQLValue]

    /// All values for people, joined by spaces; bytes by their count.
    public var text: String {
        values.map { value in
            switch value {
            case .null: "-"
            case .integer(let integer): "\(integer)"
            case .double(let double): "\(double)"
            case .text(let text): text
            case .blob(let bytes): "(\(bytes.count) bytes)"
            }
        }.joined(separator: " ")
    }

    /// The value of the named column.
    /// - Throws: `DatabaseError` of kind `statement` where there is no such column.
    public func value(_ name: String) throws -> SQLValue { values[try position(name)] }

    /// The value at a position, counted from zero.
    public func value(_ position: Int) throws -> SQLValue {
        guard values.indices.contains(position) else {
            throw DatabaseError(.statement, "The result has \(values.count) columns, and none at \(position).")
        }
        return values[position]
    }

    public func integer(_ name: String) throws -> Int64 { try integer(position(name)) }
    public func int(_ name: String) throws -> Int { try int(position(name)) }
    public func text(_ name: String) throws -> String { try text(position(name)) }
    public func blob(_ name: String) throws -> [UInt8] { try blob(position(name)) }
    public func double(_ name: String) throws -> Double { try double(position(name)) }
    /// Any integer but zero is true.
    public func bool(_ name: String) throws -> Bool { try bool(position(name)) }

    public func optionalInteger(_ name: String) throws -> Int64? { try optionalInteger(position(name)) }
    public func optionalInt(_ name: String) throws -> Int? { try optionalInt(position(name)) }
    public func optionalText(_ name: String) throws -> String? { try optionalText(position(name)) }
    public func optionalBlob(_ name: String) throws -> [UInt8]? { try optionalBlob(position(name)) }
    public func optionalDouble(_ name: String) throws -> Double? { try optionalDouble(position(name)) }
    public func optionalBool(_ name: String) throws -> Bool? { try optionalBool(position(name)) }

    private func position(_ name: String) throws -> Int {
        guard let index = columns.firstIndex(of: name) else {
            throw DatabaseError(
                .statement, "The result has no column \(name); it has \(columns.joined(separator: ", ")).")
        }
        return index
    }
}

extension Row {
    public func integer(_ position: Int) throws -> Int64 { try required(position, optionalInteger(position)) }
    public func int(_ position: Int) throws -> Int { try required(position, optionalInt(position)) }
    public func text(_ position: Int) throws -> String { try required(position, optionalText(position)) }
    public func blob(_ position: Int) throws -> [UInt8] { try required(position, optionalBlob(position)) }
    public func double(_ position: Int) throws -> Double { try required(position, optionalDouble(position)) }
    public func bool(_ position: Int) throws -> Bool { try required(position, optionalBool(position)) }

    public func optionalInt(_ position: Int) throws -> Int? { try optionalInteger(position).map { Int($0) } }
    public func optionalBool(_ position: Int) throws -> Bool? { try optionalInteger(position).map { $0 != 0 } }

    public func optionalInteger(_ position: Int) throws -> Int64? {
        switch try value(position) {
        case .null: nil
        case .integer(let integer): integer
        case let other: throw mismatch(position, other, "an integer")
        }
    }

    public func optionalText(_ position: Int) throws -> String? {
        switch try value(position) {
        case .null: nil
        case .text(let text): text
        case let other: throw mismatch(position, other, "text")
        }
    }

    public func optionalBlob(_ position: Int) throws -> [UInt8]? {
        switch try value(position) {
        case .null: nil
        case .blob(let blob): blob
        // SQLite's columns take values of every type; it gives the bytes of a text, too, where bytes are asked for.
        case .text(let text): Array(text.utf8)
        case let other: throw mismatch(position, other, "a blob")
        }
    }

    public func optionalDouble(_ position: Int) throws -> Double? {
        switch try value(position) {
        case .null: nil
        case .double(let double): double
        case .integer(let integer): Double(integer)
        case let other: throw mismatch(position, other, "a number")
        }
    }

    private func required<Value>(_ position: Int, _ value: Value?) throws -> Value {
        guard let value else { throw DatabaseError(.statement, "Column \(columns[position]) is null.") }
        return value
    }

    private func mismatch(_ position: Int, _ value: SQLValue, _ wanted: String) -> DatabaseError {
        let found =
            switch value {
            case .null: "null"
            case .integer: "an integer"
            case .double: "a double"
            case .text: "text"
            case .blob: "a blob"
            }
        return DatabaseError(.statement, "Column \(columns[position]) holds \(found), not \(wanted).")
    }
}
