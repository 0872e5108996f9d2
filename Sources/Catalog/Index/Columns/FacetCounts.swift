import EntityModel

extension CatalogIndex {
    /// The values of a key and how many of the slots have each (nil: of all).
    package func facet(_ key: String, within scope: Bitmap?) -> [(value: String, count: Int)] {
        var counts: [(value: String, count: Int)] = []
        forEachFacet(key, within: scope, readsTexts: true) { count, value in
            value.with { counts.append((String(decoding: $0, as: UTF8.self), count)) }
        }
        return counts
    }

    /// The values that most of the slots have, the most frequent first, then by value.
    /// - Parameter prefix: what the lowercase value of a reference begins with.
    package func topValues(
        of key: String, within scope: Bitmap?, most: Int, prefix: String? = nil
    ) -> [(value: String, count: Int)] {
        let prefix = Array((prefix ?? "").utf8)
        var top: [(value: String, count: Int)] = []
        func add(_ value: UnsafeBufferPointer<UInt8>, _ count: Int) {
            guard value.starts(with: prefix) else { return }
            let text = String(decoding: value, as: UTF8.self)
            let place = top.firstIndex { $0.count != count ? $0.count < count : $0.value > text } ?? top.count
            top.insert((text, count), at: place)
            if top.count > most { top.removeLast() }
        }
        forEachFacet(key, within: scope, readsTexts: false) { count, value in
            if let last = top.last, top.count == most, count < last.count { return }
            value.with { add($0, count) }
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
        appendFacetValues(key, within: scope, to: &out)
        out.append(UInt8(ascii: "]"))
    }

    /// Appends `{"value":…,"count":…},…`.
    func appendFacetValues(_ key: String, within scope: Bitmap?, to out: inout [UInt8]) {
        // Many values are megabytes, which would be moved again and again as they grow.
        out.reserveCapacity(out.count + (columns[key.lowercased()]?.groups.count ?? 0) * Self.usualFacetBytes)
        var isFirst = true
        forEachFacet(key, within: scope, readsTexts: true) { count, value in
            Self.appendFacetValue(count: count, isFirst: isFirst, to: &out, value.with)
            isFirst = false
        }
    }

    /// Appends `{"value":…,"count":…}`.
    @inline(__always)
    static func appendFacetValue(
        count: Int, isFirst: Bool, to out: inout [UInt8], _ with: ((UnsafeBufferPointer<UInt8>) -> Void) -> Void
    ) {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        out.append(contentsOf: valueStart)
        with { JSONWriter.append(utf8: $0, to: &out) }
        out.append(contentsOf: countStart)
        Decimal.append(count, to: &out)
        out.append(UInt8(ascii: "}"))
    }

    /// Of a value with its count, as names are long.
    static let usualFacetBytes = 48
    private static let valueStart = Array("{\"value\":".utf8)
    private static let countStart = Array(",\"count\":".utf8)

    private func forEachFacet(
        _ key: String, within scope: Bitmap?, readsTexts: Bool, _ body: (Int, FacetValue) -> Void
    ) {
        let key = key.lowercased()
        if let type = Self.relation(key) { return forEachTarget(type, within: scope ?? existing, body) }
        let (column, texts) = columnWithTexts(key)
        column?.forEachCount(within: scope, texts, readsTexts: readsTexts) { group, count in
            body(count, .group(group, texts))
        }
    }

    private func forEachTarget(
        _ type: String, within scope: Bitmap, _ body: (Int, FacetValue) -> Void
    ) {
        guard let column = edges(lowered: type) else { return }
        for (place, count) in column.counts(within: scope).enumerated() where count > 0 {
            body(Int(count), .reference(column.targets[place], references, texts))
        }
    }
}

/// A value that is counted, read only where it is wanted: most of those of a long list are not.
private enum FacetValue {
    case reference(UInt32, ReferenceTable, TextArena)
    case group(KeyColumn.Group, TextArena)

    @inline(__always)
    func with(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        switch self {
        case .reference(let number, let references, let texts): references.with(number, texts, body)
        case .group(let group, let texts): texts.withValue(of: group, body)
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
