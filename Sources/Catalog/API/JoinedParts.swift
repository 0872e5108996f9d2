import PortalKit

/// Bytes that are put together of many parts, some of them shared with other answers, and sent in pieces.
struct JoinedParts {
    private static let pieceBytes = 256 << 10

    private var parts: [[UInt8]] = [[]]

    /// Writes what belongs to this answer alone.
    mutating func write(_ body: (inout [UInt8]) -> Void) { body(&parts[parts.count - 1]) }

    /// Adds parts with commas between them, without copying them.
    mutating func append(separated shared: [[UInt8]]) {
        for (number, part) in shared.enumerated() {
            if number > 0 { parts.append([UInt8(ascii: ",")]) }
            parts.append(part)
        }
        parts.append([])
    }

    var response: PortalResponse {
        let pieces = ranges
        if pieces.count <= 1 { return .json(Array(parts.joined())) }
        var response = PortalResponse.json([])
        response.pieces = { [parts] number in
            guard number < pieces.count else { return nil }
            if pieces[number].count == 1 { return parts[pieces[number].lowerBound] }
            var out: [UInt8] = []
            out.reserveCapacity(parts[pieces[number]].reduce(0) { $0 + $1.count })
            for part in parts[pieces[number]] { out.append(contentsOf: part) }
            return out
        }
        return response
    }

    /// Which parts go out together.
    private var ranges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var bytes = 0
        for (number, part) in parts.enumerated() {
            bytes += part.count
            guard bytes >= Self.pieceBytes else { continue }
            ranges.append(start..<number + 1)
            (start, bytes) = (number + 1, 0)
        }
        if start < parts.count { ranges.append(start..<parts.count) }
        return ranges
    }
}
