import EntityModel

/// Cuts the wanted fields out of an entity's bytes, as `FieldProjection.apply` does on the parsed entity.
///
/// Nothing is allocated on the way: for each path it is kept how far it has led, and where to.
struct ProjectedEntity {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    let slot: UInt32
    let paths: FieldProjection.Paths
    /// Where the metadata of the body ends, and what it holds: it need not be walked to skip it, nor for what is not
    /// there.
    let entry: CatalogIndex.Entry

    private enum Level { case root, metadata, other }

    /// The member through which a path leads on one level; `keyStart` is -1 where it leads nowhere.
    private struct Step {
        var keyStart = -1
        var keyEnd = 0
        var valueStart = 0
        var valueEnd = 0
    }

    /// - Parameter index: the one that the body is of. It is handed down and not kept, because a copy of it counts
    ///   dozens of references.
    func append(_ body: UnsafeBufferPointer<UInt8>, of index: CatalogIndex, to out: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: paths.count) { taken in
            taken.initialize(repeating: 0)
            if !append(body[...], taken, .root, index, to: &out) { out.append("{}") }
        }
    }

    /// Appends an object with the wanted members, or nothing where there are none.
    /// - Parameter taken: of each path, how many bytes led here; -1 where it does not.
    private func append(
        _ object: Bytes, _ taken: UnsafeMutableBufferPointer<Int>, _ level: Level, _ index: CatalogIndex,
        to out: inout [UInt8]
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: Step.self, capacity: paths.count) { steps in
            steps.initialize(repeating: Step())
            find(steps, in: object, taken, level)
            let start = out.count
            out.append(UInt8(ascii: "{"))
            for number in steps.indices where steps[number].keyStart >= 0 {
                // A member is written where the first path through it stands.
                if steps[..<number].contains(where: { $0.keyStart == steps[number].keyStart }) { continue }
                append(member: steps[number], of: object, steps, taken, level, index, to: &out)
            }
            appendOwn(steps, taken, level, index, to: &out)
            if out.count == start + 1 {
                out.removeLast()
                return false
            }
            // Each member ended with a comma.
            out[out.count - 1] = UInt8(ascii: "}")
            return true
        }
    }

    private func find(
        _ steps: UnsafeMutableBufferPointer<Step>, in object: Bytes, _ taken: UnsafeMutableBufferPointer<Int>,
        _ level: Level
    ) {
        var open = taken.indices.count { taken[$0] >= 0 && !(level == .metadata && isAbsent($0, taken[$0])) }
        var members = JSONMembers(of: object)
        while open > 0, let key = members.nextKey() {
            let value = members.nextValue(endingAt: level == .root ? knownEnd(key, of: object, open, taken) : nil)
            for number in 0..<paths.count where taken[number] >= 0 && leads(number, taken[number], through: key) {
                // The shortest key that the path begins with is the one that is meant.
                let step = steps[number]
                if step.keyStart >= 0, step.keyEnd - step.keyStart <= key.count { continue }
                steps[number] = Step(
                    keyStart: key.startIndex, keyEnd: key.endIndex, valueStart: value.startIndex,
                    valueEnd: value.endIndex)
                // No shorter key can follow where there is no dot before.
                if !key.contains(UInt8(ascii: ".")) { open -= 1 }
            }
        }
    }

    /// Where the value of a member of the root ends, where that is known or does not matter.
    private func knownEnd(
        _ key: Bytes, of object: Bytes, _ open: Int, _ taken: UnsafeMutableBufferPointer<Int>
    ) -> Int? {
        if entry.metadataEnd > 0, key.count == 8, key.elementsEqual(Self.metadata) { return Int(entry.metadataEnd) + 1 }
        return isLast(key, open, taken) ? object.endIndex : nil
    }

    /// Whether all that is still to be found is within the value of a key: then it does not matter where that ends.
    private func isLast(_ key: Bytes, _ open: Int, _ taken: UnsafeMutableBufferPointer<Int>) -> Bool {
        var within = 0
        for number in 0..<paths.count where taken[number] >= 0 && leads(number, taken[number], through: key) {
            if paths[number].count - taken[number] == key.count { return false }
            within += 1
        }
        return within == open && !key.contains(UInt8(ascii: "."))
    }

    /// Whether the rest of a path is a member that this metadata is known not to have.
    private func isAbsent(_ number: Int, _ taken: Int) -> Bool {
        MetadataMembers.named(paths[number][taken...]).map { !entry.metadataMembers.contains($0) } ?? false
    }

    private func leads(_ number: Int, _ taken: Int, through key: Bytes) -> Bool {
        let path = paths[number]
        let count = key.count
        guard path.count - taken >= count else { return false }
        for offset in 0..<count where path[taken + offset] != key.base[key.startIndex + offset] { return false }
        return path.count - taken == count || path[taken + count] == UInt8(ascii: ".")
    }

    /// How many bytes of a path are taken after a step; its length where the step was the last.
    private func taken(_ number: Int, _ before: Int, _ step: Step) -> Int {
        let end = before + step.keyEnd - step.keyStart
        return end == paths[number].count ? end : end + 1
    }

    private func append(
        member step: Step, of object: Bytes, _ steps: UnsafeMutableBufferPointer<Step>,
        _ taken: UnsafeMutableBufferPointer<Int>, _ level: Level, _ index: CatalogIndex, to out: inout [UInt8]
    ) {
        let start = out.count
        let key = object.base[step.keyStart..<step.keyEnd]
        let value = object.base[step.valueStart..<step.valueEnd]
        let isMetadata = level == .root && key.elementsEqual(Self.metadata)
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: UnsafeBufferPointer(rebasing: key))
        out.append(UInt8(ascii: "\""))
        out.append(UInt8(ascii: ":"))
        let isWhole = steps.indices.contains { number in
            // A dot at the end leads on, to a member without a name.
            steps[number].keyStart == step.keyStart
                && taken[number] + step.keyEnd - step.keyStart == paths[number].count
        }
        if isWhole {
            appendWhole(value, isMetadata: isMetadata, index, to: &out)
        } else if value.first != UInt8(ascii: "{")
            || !appendPart(value, step, steps, taken, isMetadata ? .metadata : .other, index, to: &out)
        {
            out.removeSubrange(start...)
            return
        }
        out.append(UInt8(ascii: ","))
    }

    private static let metadata = Array("metadata".utf8)

    private func appendWhole(_ value: Bytes, isMetadata: Bool, _ index: CatalogIndex, to out: inout [UInt8]) {
        guard isMetadata, value.count > 2 else {
            return out.append(contentsOf: UnsafeBufferPointer(rebasing: value))
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: value.dropLast()))
        index.appendIdentity(slot, to: &out)
        out.append(UInt8(ascii: "}"))
    }

    private func appendPart(
        _ value: Bytes, _ step: Step, _ steps: UnsafeMutableBufferPointer<Step>,
        _ taken: UnsafeMutableBufferPointer<Int>, _ level: Level, _ index: CatalogIndex, to out: inout [UInt8]
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: paths.count) { next in
            next.initialize(repeating: -1)
            for number in steps.indices where steps[number].keyStart == step.keyStart {
                next[number] = self.taken(number, taken[number], step)
            }
            return append(value, next, level, index, to: &out)
        }
    }

    /// Appends what the catalog adds and the body does not hold.
    private func appendOwn(
        _ steps: UnsafeMutableBufferPointer<Step>, _ taken: UnsafeMutableBufferPointer<Int>, _ level: Level,
        _ index: CatalogIndex, to out: inout [UInt8]
    ) {
        if level == .other { return }
        if level == .root {
            guard wants("relations", steps, taken) else { return }
            out.append("\"relations\":")
            index.appendRelations(slot, to: &out)
            return out.append(UInt8(ascii: ","))
        }
        for field in IdentityField.allCases where wants(field.name, steps, taken) {
            out.append(UInt8(ascii: "\""))
            out.append(field.name)
            out.append("\":")
            index.appendIdentity(field, slot, to: &out)
            out.append(UInt8(ascii: ","))
        }
    }

    /// Whether a path ends with a member that the body does not have.
    private func wants(
        _ name: StaticString, _ steps: UnsafeMutableBufferPointer<Step>, _ taken: UnsafeMutableBufferPointer<Int>
    ) -> Bool {
        (0..<paths.count).contains { number in
            guard taken[number] >= 0, steps[number].keyStart < 0 else { return false }
            let rest = paths[number][taken[number]...]
            return rest.count == name.utf8CodeUnitCount && name.withUTF8Buffer { rest.elementsEqual($0) }
        }
    }
}
