extension Substring {
    /// Without white space at either end.
    package var trimmed: String {
        if utf8.isTrimmed { return String(self) }
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// As a text without white space at either end.
    var trimmedText: String {
        let text = String(decoding: self, as: UTF8.self)
        return isTrimmed ? text : text.trimmed
    }

    /// Appends what is between white space at either end.
    func appendTrimmed(to out: inout [UInt8]) {
        if isTrimmed { out.append(contentsOf: self) } else { out.append(contentsOf: trimmedText.utf8) }
    }
}

extension BidirectionalCollection<UInt8> {
    /// Whether there is surely no white space at either end, as nearly always: two bytes of ASCII tell; beyond it,
    /// characters have to be asked.
    fileprivate var isTrimmed: Bool {
        guard let first, let last else { return true }
        return first > 0x20 && last > 0x20 && first < 0x7F && last < 0x7F
    }
}

extension String {
    /// Without white space at either end.
    package var trimmed: String { self[...].trimmed }
}
