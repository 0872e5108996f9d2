import EntityModel

extension CatalogIndex {
    /// The values of a key and how many of the slots have each (nil: of all).
    package func facet(_ key: String, within scope: Bitmap?) -> [(value: String, count: Int)] {
        var counts: [(value: String, count: Int)] = []
        forEachFacet(key, within: scope) { counts.append((String(decoding: $0, as: UTF8.self), $1)) }
        return counts
    }

    /// The values that most of the slots have, the most frequent first, then by value.
    /// - Parameter prefix: what the lowercase value of a reference begins with.
    package func topValues(
        of key: String, within scope: Bitmap?, most: Int, prefix: String? = nil
    ) -> [(value: String, count: Int)] {
        let prefix = Array((prefix ?? "").utf8)
        var top: [(value: String, count: Int)] = []
        forEachFacet(key, within: scope) { value, count in
            if let last = top.last, top.count == most, count < last.count { return }
            guard value.starts(with: prefix) else { return }
            let text = String(decoding: value, as: UTF8.self)
            let place = top.firstIndex { $0.count != count ? $0.count < count : $0.value > text } ?? top.count
            top.insert((text, count), at: place)
            if top.count > most { top.removeLast() }
        }
        return top
    }

    /// How many of the slots have a value of a key, whatever its case.
    package func count(of value: String, key: String, within scope: Bitmap) -> Int {
        matches(.oneOf(key: key, values: [value])).countShared(with: scope)
    }

    /// Appends `[{"value":…,"count":…},…]`.
    package func appendFacet(_ key: String, within scope: Bitmap?, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        var isFirst = true
        forEachFacet(key, within: scope) { value, count in
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(contentsOf: Self.valueStart)
            JSONWriter.append(utf8: value, to: &out)
            out.append(contentsOf: Self.countStart)
            Decimal.append(count, to: &out)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private static let valueStart = Array("{\"value\":".utf8)
    private static let countStart = Array(",\"count\":".utf8)

    private func forEachFacet(
        _ key: String, within scope: Bitmap?, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void
    ) {
        let key = key.lowercased()
        if let type = Self.relation(key) { return forEachTarget(type, within: scope ?? existing, body) }
        let (column, texts) = columnWithTexts(key)
        column?.forEachCount(within: scope, texts) { group, count in
            texts.withValue(of: group) { body($0, count) }
        }
    }

    private func forEachTarget(
        _ type: String, within scope: Bitmap, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void
    ) {
        let types = relations.types(lowered: type)
        if types.isEmpty { return }
        var targets: [UInt32] = []
        relations.targets(of: types).forEach { targets.append($0) }
        for (place, number) in targets.enumerated() {
            relations.prefetchIncoming(targets, after: place)
            let count = relations.count(to: number, types: types, within: scope)
            if count > 0 { references.with(number, texts) { body($0, count) } }
        }
    }
}

/// Numbers as text, without an allocation.
enum Decimal {
    static func append(_ number: Int, to out: inout [UInt8]) {
        if number < 0 { return out.append(contentsOf: String(number).utf8) }
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(truncatingIfNeeded: number / divisor % 10) + 48)
            divisor /= 10
        }
    }
}
