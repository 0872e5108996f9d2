extension Substring {
    /// Without white space at either end.
    package var trimmed: String {
        // Nearly always there is none, which two bytes tell; beyond ASCII, characters are asked.
        let bytes = utf8
        if let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20, first < 0x7F, last < 0x7F {
            return String(self)
        }
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// Without white space at either end.
    package var trimmed: String { self[...].trimmed }
}
