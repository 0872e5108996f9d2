import EntityModel
import PortalKit

/// How large an entity may be.
enum EntityLimits {
    /// Longest entity after placeholders, in bytes of JSON.
    static let longest = 8 << 20
    /// Longest entity without `spec.definition`.
    static let longestBesideDefinition = 512 << 10
    /// Deeper ones could be written, and not be read again.
    static let deepest = 256

    /// The limit that an entity is beyond, and what mends it.
    struct Excess: Sendable {
        /// Of the error, as `ProcessingProblem` has it.
        let name: String
        let message: String
        let mend: String

        var issue: EntityIssue { EntityIssue([], message, mend: mend) }
    }

    /// - Parameter size: of the entity as JSON.
    static func excess(of entity: Entity, size: Int) -> Excess? {
        let limit = excessSize(of: entity, size: size)
        if let limit { return limit }
        guard JSONValue.object(entity.object).isDeeper(than: deepest) else { return nil }
        return Excess(
            name: "InputError",
            message: "\(entity.reference) is nested deeper than \(deepest), a placeholder's content included",
            mend: "Make its lists and mappings flatter.")
    }

    private static func excessSize(of entity: Entity, size: Int) -> Excess? {
        func excess(_ size: String, _ limit: Int, _ mend: String) -> Excess {
            Excess(
                name: "ContentTooLargeError",
                message: "\(entity.reference) has \(size); \(ByteCount.text(limit)) are the limit", mend: mend)
        }
        if size > longest { return excess(ByteCount.text(size), longest, "Divide it, or link to what is long.") }
        if size <= longestBesideDefinition { return nil }
        let rest = size - (entity.spec["definition"].map { JSONWriter.bytes($0).count } ?? 0)
        if rest <= longestBesideDefinition { return nil }
        return excess(
            "\(ByteCount.text(rest)) beside its definition", longestBesideDefinition,
            "Shorten it, or link to what is long.")
    }
}
