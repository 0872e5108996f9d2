import PortalKit

/// Hands the pieces of a stream on one by one: the next is asked for once the one before was taken by the network.
final class PieceSlot: Sendable {
    private let room: AsyncStream<Void>
    private let makeRoom: AsyncStream<Void>.Continuation
    private let piece: AsyncStream<[UInt8]>.Continuation
    /// What is to be written; never more than one waits.
    let pieces: AsyncStream<[UInt8]>

    init() {
        (room, makeRoom) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (pieces, piece) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        makeRoom.yield()
    }

    /// Asks for pieces until there are no more.
    func fill(_ next: PortalResponse.Pieces) async {
        for await _ in room {
            guard let bytes = await next() else { break }
            piece.yield(bytes)
        }
        close()
    }

    func close() {
        piece.finish()
        makeRoom.finish()
    }

    /// The piece is on its way, and there is room for the next.
    func isTaken() { makeRoom.yield() }
}
