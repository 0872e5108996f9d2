internal import CZlib
import Synchronization

/// Makes an answer smaller that is made piece by piece (RFC 1952). Each piece is packed for itself and ends at a byte, so
/// nothing of the packer is kept between two of them, however slowly somebody takes them.
public enum GzipPieces {
    private struct State {
        var checksum: UInt32 = 0
        var length = 0
        var hasEnded = false
    }

    /// Magic, deflate, no flags, no time, quickest, Unix.
    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3]
    /// The last block, which holds nothing.
    private static let lastBlock: [UInt8] = [3, 0]

    /// - Parameters:
    ///   - first: what comes before the pieces.
    ///   - pieces: asked for one after the other, as `PortalResponse.pieces` is.
    /// - Returns: both in their packed form.
    public static func packed(
        _ first: [UInt8], _ pieces: @escaping @Sendable (_ number: Int) -> [UInt8]?
    ) -> (first: [UInt8], pieces: @Sendable (_ number: Int) -> [UInt8]?) {
        var begun = State()
        let start = header + (part(first, &begun) ?? [])
        let state = Mutex(begun)
        return (
            start,
            { number in
                let piece = state.withLock { $0.hasEnded } ? nil : pieces(number)
                return state.withLock { state in
                    if let piece { return part(piece, &state) }
                    guard !state.hasEnded else { return nil }
                    state.hasEnded = true
                    return lastBlock + bytes(state.checksum) + bytes(UInt32(truncatingIfNeeded: state.length))
                }
            }
        )
    }

    /// - Returns: nil where there is no memory: the answer ends, and whoever takes it sees that it is not whole.
    private static func part(_ bytes: [UInt8], _ state: inout State) -> [UInt8]? {
        state.checksum = callboard_crc32(state.checksum, bytes, bytes.count)
        state.length += bytes.count
        let capacity = callboard_deflate_bound(bytes.count)
        let packed = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
            count = callboard_deflate_part(bytes, bytes.count, Gzip.Level.fast.rawValue, room.baseAddress, capacity)
        }
        state.hasEnded = packed.isEmpty
        return packed.isEmpty ? nil : packed
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
