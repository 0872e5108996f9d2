/// SplitMix64: small, fast, and the same sequence on every machine (Steele, Lea, Flood 2014).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `count`, where low ones are far more likely than high ones: the logarithm is uniform.
    mutating func longTailed(_ count: Int) -> Int {
        guard count > 1 else { return 0 }
        // Powers by halving, so that no library's rounding decides: the number of octaves, then a place within.
        let octaves = UInt64.bitWidth - UInt64(count).leadingZeroBitCount
        let octave = Int.random(in: 0..<octaves, using: &self)
        let low = (1 << octave) - 1
        return min(Int.random(in: low...(low * 2), using: &self), count - 1)
    }

    mutating func pick(_ words: [String]) -> String { words[Int.random(in: 0..<words.count, using: &self)] }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
