import EntityModel
import PortalKit

/// The entities of a long answer in pieces of about a megabyte. Each is made when the one before is on its way, so that
/// a whole catalog is never in memory twice, however slowly somebody takes it.
struct EntityPieces: Sendable {
    /// How a piece stands among the others.
    struct Place: Sendable {
        let isFirst: Bool
        let isLast: Bool
    }

    private static let wantedBytes = 1 << 20
    /// What is sent of an entity may be much less than it has.
    static let mostEntities = 1_000

    private let slots: ArraySlice<UInt32>
    /// Where each piece ends; there is at least one.
    private let ends: [Int]

    init(_ slots: ArraySlice<UInt32>, of index: CatalogIndex) {
        self.slots = slots
        var ends: [Int] = []
        var (bytes, start) = (0, slots.startIndex)
        for position in slots.indices {
            bytes += index.sentBytes(of: slots[position])
            guard bytes >= Self.wantedBytes || position - start + 1 >= Self.mostEntities else { continue }
            ends.append(position + 1)
            (bytes, start) = (0, position + 1)
        }
        if ends.last != slots.endIndex { ends.append(slots.endIndex) }
        self.ends = ends
    }

    var count: Int { ends.count }

    subscript(number: Int) -> ArraySlice<UInt32> {
        slots[(number == 0 ? slots.startIndex : ends[number - 1])..<ends[number]]
    }

    /// The answer with the pieces as its body.
    func sent(
        _ response: PortalResponse,
        write: @escaping @Sendable (_ slots: ArraySlice<UInt32>, _ place: Place, _ out: inout [UInt8]) -> Void
    ) -> PortalResponse {
        @Sendable func piece(_ number: Int) -> [UInt8] {
            var out: [UInt8] = []
            write(self[number], Place(isFirst: number == 0, isLast: number == count - 1), &out)
            return out
        }
        var response = response
        response.body = piece(0)
        if count > 1 { response.pieces = { number in number + 1 < count ? piece(number + 1) : nil } }
        return response
    }
}

extension CatalogIndex {
    /// About as many bytes as one relation has when it is sent.
    private static let relationBytes = 80

    /// About how many bytes an entity has when it is sent whole.
    func sentBytes(of slot: UInt32) -> Int {
        bodies.with(Int(slot)) { $0.count } + relations.links(of: slot) { $0.count } * Self.relationBytes
    }
}
