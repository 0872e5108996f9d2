import EntityModel
import PortalKit

/// Entities as a file: all of one version of the catalog, sent piece by piece.
struct ExportedFile: Sendable {
    let format: ExportFormat
    /// What JSON has of an entity; nil for everything.
    var fields: FieldProjection?
    /// What a table has of it.
    var columns = ExportColumns()
    /// Whether a table begins with what tells spreadsheets that it is UTF-8.
    var hasByteOrderMark = false

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    func answer(_ slots: [UInt32], of version: IndexVersion) -> PortalResponse {
        EntityPieces(slots[...], of: version.index).sent(PortalResponse(headers: format.headers)) {
            slots, place, out in
            switch format {
            case .csv:
                if place.isFirst {
                    if hasByteOrderMark { out += Self.byteOrderMark }
                    columns.appendHeadings(to: &out)
                }
                for slot in slots { columns.append(slot, of: version.index, to: &out) }
            case .json:
                out.append(UInt8(ascii: place.isFirst ? "[" : ","))
                version.index.append(slots, to: &out, fields: fields)
                if place.isLast { out.append("]") }
            case .ndjson:
                for slot in slots {
                    version.index.append(slot, to: &out, fields: fields)
                    out.append("\n")
                }
            }
        }
    }
}
