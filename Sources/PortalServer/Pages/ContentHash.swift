/// Tells whether two answers are the same, eight bytes at a time; not for secrets, whose likeness an attacker might make.
enum ContentHash {
    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x9e37_79b9_7f4a_7c15

    static func of(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { raw in
            var hash = seed ^ UInt64(raw.count)
            var offset = 0
            while offset + 8 <= raw.count {
                hash = mixed(hash, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            for byte in raw[offset...] { hash = mixed(hash, UInt64(byte)) }
            return hash
        }
    }

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let next = (hash ^ word) &* prime
        return next ^ (next >> 32)
    }
}
