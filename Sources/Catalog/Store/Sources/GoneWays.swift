import Database
import EntityModel
import PortalKit

/// Ways between sources that are there no more: the Location entities that led along them say nothing more of what is
/// wrong where they led, unless another source that declares them leads there as well.
struct GoneWays {
    struct Way: Hashable {
        let child: Int64
        let locationEntity: String
    }

    private var ways: Set<Way> = []
    /// By id, the locations to which they led.
    private var places: [Int64: String] = [:]

    mutating func add(child: Int64, at place: String, of locationEntity: String) {
        ways.insert(Way(child: child, locationEntity: locationEntity))
        places[child] = place
    }

    /// Takes away all ways from and to some sources.
    mutating func cut(_ ids: [Int64], _ transaction: any Transaction) throws {
        try StatementBatch.lists(ids) { ids in
            try transaction.forEach(
                """
                SELECT DISTINCT e.child_id, s.type, s.target, e.location_ref FROM catalog_source_edges e
                JOIN catalog_sources s ON s.id = e.child_id WHERE e.parent_id IN \(list: ids)
                """
            ) { row in
                add(
                    child: try row.integer(0), at: "\(try row.text(1)):\(try row.text(2))", of: try row.text(3))
            }
        }
        for id in ids {
            try transaction.run("DELETE FROM catalog_source_edges WHERE parent_id = \(id) OR child_id = \(id)")
        }
    }

    /// Call it once the ways are gone from the database.
    func forget(_ draft: inout EntityDraft, _ transaction: any Transaction) throws {
        var silent = ways
        try StatementBatch.lists(places.keys.sorted()) { ids in
            try transaction.forEach(
                "SELECT DISTINCT child_id, location_ref FROM catalog_source_edges WHERE child_id IN \(list: ids)"
            ) { silent.remove(Way(child: try $0.integer(0), locationEntity: try $0.text(1))) }
        }
        try draft.load(Set(silent.map(\.locationEntity)).sorted())
        for way in silent {
            guard let place = places[way.child] else { continue }
            draft.note(way.locationEntity) { $0.sources[place] = nil }
        }
    }
}
