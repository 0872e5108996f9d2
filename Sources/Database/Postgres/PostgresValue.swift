import CPostgres
import Foundation

/// A parameter as libpq sends it.
struct PostgresParameter {
    /// The type's object id; 0 leaves it to the server, which a null needs.
    let type: Oid
    let bytes: [UInt8]?
    let isBinary: Bool

    init(_ value: SQLValue) {
        switch value {
        case .null: (type, bytes, isBinary) = (0, nil, false)
        case .integer(let integer): (type, bytes, isBinary) = (20, Self.terminated("\(integer)"), false)
        case .double(let double): (type, bytes, isBinary) = (701, Self.terminated("\(double)"), false)
        case .text(let text): (type, bytes, isBinary) = (25, Self.terminated(text), false)
        case .blob(let blob): (type, bytes, isBinary) = (17, blob, true)
        }
    }

    private static func terminated(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
}

extension [PostgresParameter] {
    /// Hands out the arrays that libpq takes; they live as long as the call.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        let total = reduce(0) { $0 + ($1.bytes?.count ?? 0) }
        let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: Swift.max(total, 1))
        defer { storage.deallocate() }
        var pointers: [UnsafePointer<CChar>?] = []
        var next = storage
        for parameter in self {
            guard let bytes = parameter.bytes else {
                pointers.append(nil)
                continue
            }
            // An empty blob is not null: it needs an address too.
            bytes.withUnsafeBufferPointer { source in
                if let base = source.baseAddress { next.update(from: base, count: source.count) }
            }
            pointers.append(UnsafeRawPointer(next).assumingMemoryBound(to: CChar.self))
            next += bytes.count
        }
        return body(pointers, map { Int32($0.bytes?.count ?? 0) }, map { $0.isBinary ? 1 : 0 })
    }
}

/// The values of a result, which come as text.
enum PostgresValue {
    static func row(_ result: OpaquePointer, _ row: Int32) throws -> [SQLValue] {
        try (0..<PQnfields(result)).map { column in
            if PQgetisnull(result, row, column) == 1 { return .null }
            let bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
            return try value(PQftype(result, column), bytes)
        }
    }

    private static func value(_ type: Oid, _ bytes: UnsafeRawBufferPointer) throws -> SQLValue {
        switch type {
        case 16: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case 17: return .blob(try blob(bytes))
        case 20, 21, 23:
            guard let integer = Int64(String(decoding: bytes, as: UTF8.self)) else { throw unreadable("an integer") }
            return .integer(integer)
        case 700, 701, 1_700:
            let text = String(decoding: bytes, as: UTF8.self)
            if let integer = Int64(text), type == 1_700 { return .integer(integer) }
            guard let double = Double(text) else { throw unreadable("a number") }
            return .double(double)
        default: return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// `\x` and two digits a byte.
    private static func blob(_ text: UnsafeRawBufferPointer) throws -> [UInt8] {
        guard text.count >= 2, text.count.isMultiple(of: 2), text[1] == UInt8(ascii: "x") else {
            throw unreadable("bytes")
        }
        return try [UInt8](unsafeUninitializedCapacity: text.count / 2 - 1) { buffer, count in
            for index in 0..<(text.count / 2 - 1) {
                guard let high = digit(text[index * 2 + 2]), let low = digit(text[index * 2 + 3]) else {
                    throw unreadable("bytes")
                }
                buffer[index] = high << 4 | low
            }
            count = text.count / 2 - 1
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: nil
        }
    }

    private static func unreadable(_ what: String) -> DatabaseError {
        DatabaseError(.statement, "PostgreSQL sent \(what) in an unknown form.")
    }
}
