/// A statement and its values, kept apart: text that comes from outside can only ever be a value.
///
/// ```swift
/// let rows = try transaction.rows("SELECT id FROM entities WHERE ref = \(reference) AND kind IN \(list: kinds)")
/// ```
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    enum Part: Sendable, Hashable {
        case text(String)
        case value(SQLValue)
    }

    private(set) var parts: [Part]

    public init(stringLiteral value: StaticString) { parts = [.text(value.description)] }

    public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    /// For text that this module composes from its own words only.
    init(trusted text: String) { parts = [.text(text)] }

    /// Builds statements from literals, values and other statements; a `String` is always a value.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: StaticString) { parts.append(.text(literal.description)) }

        public mutating func appendInterpolation(_ value: some SQLValueConvertible) {
            parts.append(.value(value.sqlValue))
        }

        /// NULL for nil.
        public mutating func appendInterpolation(_ value: (some SQLValueConvertible)?) {
            parts.append(.value(value.sqlValue))
        }

        /// `(?, ?, …)`; an empty list matches nothing.
        public mutating func appendInterpolation(list: [some SQLValueConvertible]) {
            if list.isEmpty { return parts.append(.text("(NULL)")) }
            for (index, value) in list.enumerated() {
                parts.append(.text(index == 0 ? "(" : ", "))
                parts.append(.value(value.sqlValue))
            }
            parts.append(.text(")"))
        }

        /// A table's or column's name, written in the program.
        public mutating func appendInterpolation(identifier: StaticString) {
            let doubled = identifier.description.split(separator: "\"", omittingEmptySubsequences: false)
            parts.append(.text("\"" + doubled.joined(separator: "\"\"") + "\""))
        }

        /// Another statement's text and values.
        public mutating func appendInterpolation(sql: SQL) { parts += sql.parts }
    }

    /// The text with each value's place as the engine writes it, and the values in order.
    func rendered(placeholder: (Int) -> String) -> (text: String, values: [SQLValue]) {
        var text = ""
        var values: [SQLValue] = []
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .value(let value):
                values.append(value)
                text += placeholder(values.count)
            }
        }
        return (text, values)
    }

    /// What SQLite takes; PostgreSQL takes twice as many.
    private static let mostValues = 32_766

    /// Refuses the values that the two engines would keep differently.
    func checkValues() throws {
        let count = parts.reduce(0) { if case .value = $1 { $0 + 1 } else { $0 } }
        guard count <= Self.mostValues else {
            throw DatabaseError(.statement, "A statement has \(count) values; \(Self.mostValues) are the limit.")
        }
        for case .value(let value) in parts {
            switch value {
            case .text(let text) where text.utf8.contains(0):
                throw DatabaseError(.statement, "Text with a NUL character cannot be stored.")
            case .double(let number) where !number.isFinite:
                throw DatabaseError(.statement, "A number that is not finite cannot be stored.")
            default: break
            }
        }
    }
}

/// A value of a column or a parameter.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case double(Double)
    case text(String)
    case blob([UInt8])
}

/// What can be a parameter of a statement.
public protocol SQLValueConvertible {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLValueConvertible { public var sqlValue: SQLValue { self } }
extension Int: SQLValueConvertible { public var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Int64: SQLValueConvertible { public var sqlValue: SQLValue { .integer(self) } }
extension Double: SQLValueConvertible { public var sqlValue: SQLValue { .double(self) } }
extension String: SQLValueConvertible { public var sqlValue: SQLValue { .text(self) } }
extension Bool: SQLValueConvertible { public var sqlValue: SQLValue { .integer(self ? 1 : 0) } }
extension [UInt8]: SQLValueConvertible { public var sqlValue: SQLValue { .blob(self) } }
extension Optional: SQLValueConvertible where Wrapped: SQLValueConvertible {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
