/// One alternative of a pattern for texts of ASCII: all places in the pattern at once are the bits of a word, and each
/// byte moves them (the Shift-And method of Baeza-Yates and Gonnet, with stars).
struct GlobMachine: Sendable, Hashable {
    /// The last bit stands for the end.
    static let mostTokens = UInt64.bitWidth - 1

    private static let slash = UInt8(ascii: "/")

    /// By byte, the places that move on to the next one.
    private var moving = [UInt64](repeating: 0, count: 128)
    /// Places that stay, whatever the byte; and those that stay unless it is a slash.
    private var staying: UInt64 = 0
    private var stayingInFolder: UInt64 = 0
    /// Places behind which the next one is reached without a byte; and those where that is so at a folder's start.
    private var passing: UInt64 = 0
    private var passingAtStart: UInt64 = 0
    private let end: UInt64

    /// - Returns: nil for a pattern that is too long, or has other letters than those of ASCII.
    init?(_ tokens: [GlobToken]) {
        guard tokens.count <= Self.mostTokens else { return nil }
        end = 1 << UInt64(tokens.count)
        for (place, token) in tokens.enumerated() {
            let bit: UInt64 = 1 << UInt64(place)
            switch token {
            case .character(let character):
                guard let byte = character.asciiValue, character != "\r\n" else { return nil }
                moving[Int(byte)] |= bit
            case .one: for byte in moving.indices where byte != Int(Self.slash) { moving[byte] |= bit }
            case .many:
                stayingInFolder |= bit
                passing |= bit
            case .all:
                staying |= bit
                passing |= bit
            case .folders:
                staying |= bit
                moving[Int(Self.slash)] |= bit
                passingAtStart |= bit
            }
        }
    }

    /// Whether the whole text fits.
    /// - Returns: nil for a text that is not of ASCII alone, or breaks a line in two bytes, which are one character.
    func matches(_ text: String) -> Bool? {
        var places = closure(1, atFolderStart: true)
        for byte in text.utf8 {
            guard byte < 0x80, byte != UInt8(ascii: "\r") else { return nil }
            let isSlash = byte == Self.slash
            let stay = places & (isSlash ? staying : staying | stayingInFolder)
            places = closure(stay | (places & moving[Int(byte)]) << 1, atFolderStart: isSlash)
        }
        return places & end != 0
    }

    private func closure(_ places: UInt64, atFolderStart: Bool) -> UInt64 {
        let passing = atFolderStart ? self.passing | passingAtStart : self.passing
        var (result, new) = (places, places & passing)
        while new != 0 {
            let reached = (new << 1) & ~result
            result |= reached
            new = reached & passing
        }
        return result
    }
}
