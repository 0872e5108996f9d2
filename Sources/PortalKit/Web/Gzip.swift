internal import CZlib
public import HTTPTypes

/// Makes answers smaller on their way (RFC 1952), for clients that take it.
public enum Gzip {
    /// How much work it is worth.
    public enum Level: Int32, Sendable {
        /// For what is made anew for each answer.
        case fast = 1
        /// For what is made once and sent often.
        case small = 9
    }

    /// - Returns: nil for what is too large or would not become smaller.
    public static func compress(_ bytes: [UInt8], _ level: Level) -> [UInt8]? {
        let capacity = callboard_gzip_bound(bytes.count)
        let packed = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
            count = callboard_gzip(bytes, bytes.count, level.rawValue, room.baseAddress, capacity)
        }
        return packed.isEmpty || packed.count >= bytes.count ? nil : packed
    }

    /// Whether a client takes gzip: `Accept-Encoding` names it, or anything, with a weight that is not zero.
    public static func isAccepted(by headers: HTTPFields) -> Bool {
        var anything = false
        for field in headers[values: .acceptEncoding] {
            for entry in field.split(separator: ",") {
                let parts = entry.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
                guard let name = parts.first, name == "gzip" || name == "*" else { continue }
                let isWanted =
                    !parts.dropFirst().contains { $0.hasPrefix("q=0") && !$0.contains { ("1"..."9").contains($0) } }
                // What is named says more than what stands for all others.
                if name == "gzip" { return isWanted }
                anything = isWanted
            }
        }
        return anything
    }
}
