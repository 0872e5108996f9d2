import Testing

@testable import Catalog

/// What is kept in pinned memory is what plain arrays would hold, in every copy that was taken on the way.
@Suite struct PinnedMemoryTests {
    private struct Kept<Value> {
        let value: Value
        let expected: [[Int32]]
    }

    @Test("lists change in one value only, however many copies there are", arguments: 1...20)
    func lists(seed: UInt64) {
        var dice = SeededNumbers(seed)
        var lists = PinnedLists<Int32>()
        var expected: [[Int32]] = []
        var copies: [Kept<PinnedLists<Int32>>] = []
        for step in Int32(0)..<3_000 {
            if expected.count < 3 || Int.random(in: 0..<4, using: &dice) == 0 {
                lists.append()
                expected.append([])
            }
            let number = Int.random(in: 0..<expected.count, using: &dice)
            let count = expected[number].count
            switch Int.random(in: 0..<7, using: &dice) {
            case 0:
                let elements = (0..<Int32.random(in: 0..<9, using: &dice)).map { $0 + step }
                lists.set(number, to: elements)
                expected[number] = elements
            case 1 where count > 0:
                let index = Int.random(in: 0..<count, using: &dice)
                lists.remove(at: index, in: number)
                expected[number].remove(at: index)
            case 2 where count > 0:
                let index = Int.random(in: 0..<count, using: &dice)
                lists.replace(at: index, in: number, with: -step)
                expected[number][index] = -step
            case 3:
                let index = Int.random(in: 0...count, using: &dice)
                lists.insert(step, at: index, in: number)
                expected[number].insert(step, at: index)
            case 4 where copies.count < 12: copies.append(.init(value: lists, expected: expected))
            default:
                lists.append(step, to: number)
                expected[number].append(step)
            }
        }
        copies.append(.init(value: lists, expected: expected))
        for copy in copies {
            #expect(copy.value.count == copy.expected.count)
            #expect(copy.expected.indices.allSatisfy { copy.value[$0] == copy.expected[$0] })
        }
    }

    @Test("numbers change in one value only", arguments: 1...10)
    func chunks(seed: UInt64) {
        var dice = SeededNumbers(seed)
        var array = ChunkedArray<Int32>()
        var expected: [Int32] = []
        var copies: [(ChunkedArray<Int32>, [Int32])] = []
        for step in Int32(0)..<5_000 {
            switch Int.random(in: 0..<8, using: &dice) {
            case 0 where copies.count < 10: copies.append((array, expected))
            case 1...3 where !expected.isEmpty:
                let index = Int.random(in: 0..<expected.count, using: &dice)
                array.set(index, to: -step)
                expected[index] = -step
            default:
                array.append(step)
                expected.append(step)
            }
        }
        copies.append((array, expected))
        for (array, expected) in copies {
            #expect(array.count == expected.count)
            #expect(expected.indices.allSatisfy { array[$0] == expected[$0] })
        }
    }

    @Test("strings are what was set last, in every copy, while they move and pages go", arguments: 1...4)
    func packed(seed: UInt64) {
        var dice = SeededNumbers(seed)
        let numbers = 3_000
        var values: [(packed: PackedBytes, expected: [[UInt8]])] = [(PackedBytes(), [])]
        for _ in 0..<numbers {
            values[0].packed.append()
            values[0].expected.append([])
        }
        for step in 0..<20_000 {
            let which = Int.random(in: 0..<values.count, using: &dice)
            if values.count < 4, step % 2_000 == 1_999 { values.append(values[which]) }
            let number = Int.random(in: 0..<numbers, using: &dice)
            let length = step % 5_000 == 0 ? 3 << 20 : step % 50 == 0 ? 0 : Int.random(in: 1..<3_000, using: &dice)
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: length)
            values[which].packed.set(number, to: bytes)
            values[which].expected[number] = bytes
        }
        for (packed, expected) in values {
            #expect(packed.count == numbers)
            #expect(expected.indices.allSatisfy { packed[$0] == expected[$0] })
        }
    }

    @Test("what is replaced does not stay, however often strings change")
    func packedSize() {
        var packed = PackedBytes()
        let numbers = 4_000
        for number in 0..<numbers {
            packed.append()
            packed.set(number, to: [UInt8](repeating: 1, count: 2_000))
        }
        for step in 0..<100_000 { packed.set(step &* 7_919 % numbers, to: [UInt8](repeating: 2, count: 2_000)) }
        // 8 MB are wanted; a fifth may be dead, and strings that move are there twice for a while.
        #expect(packed.pageCount <= 14)
    }

    @Test("what is small and stays does not keep what is large and changes")
    func packedSizes() {
        var packed = PackedBytes()
        for number in 0..<3_000 {
            packed.append()
            packed.set(number, to: [UInt8](repeating: 1, count: 1_000))
        }
        for step in 0..<3_000 {
            // What is below the size of a page of its own, and what is above it.
            packed.set(step % 40, to: [UInt8](repeating: 2, count: step % 2 == 0 ? 100_000 : 400_000))
            packed.set(40 + step % 2_000, to: [UInt8](repeating: 3, count: 1_000))
        }
        // 20 large ones have pages of their own; the others are 5 MB.
        #expect(packed.pageCount <= 20 + 12)
    }

    @Test("strings under other numbers are the same, while they move and copies change on", arguments: 1...4)
    func packedUnderOtherNumbers(seed: UInt64) {
        var dice = SeededNumbers(seed)
        let numbers = 2_000
        var packed = PackedBytes()
        var expected: [[UInt8]] = []
        func change(_ packed: inout PackedBytes, _ expected: inout [[UInt8]], _ times: Int) {
            for step in 0..<times {
                let number = Int.random(in: 0..<numbers, using: &dice)
                let bytes = [UInt8](
                    repeating: UInt8(truncatingIfNeeded: step), count: Int.random(in: 0..<9_000, using: &dice))
                packed.set(number, to: bytes)
                expected[number] = bytes
            }
        }
        for _ in 0..<numbers {
            packed.append()
            expected.append([])
        }
        change(&packed, &expected, 6_000)
        for _ in 0..<4 {
            let order: [Int?] = (0..<numbers).shuffled(using: &dice).map { $0 % 9 == 0 ? nil : $0 }
            var (other, otherExpected) = (packed.renumbered(order), order.map { $0.map { expected[$0] } ?? [] })
            change(&other, &otherExpected, 700)
            change(&packed, &expected, 700)
            #expect(otherExpected.indices.allSatisfy { other[$0] == otherExpected[$0] })
            #expect(expected.indices.allSatisfy { packed[$0] == expected[$0] })
            (packed, expected) = (other, otherExpected)
        }
    }

    @Test("copies that add texts to one page do not write over one another", arguments: 1...10)
    func texts(seed: UInt64) {
        var dice = SeededNumbers(seed)
        var arenas: [(arena: TextArena, texts: [(place: UInt32, text: String)])] = [(TextArena(), [])]
        for step in 0..<4_000 {
            let number = Int.random(in: 0..<arenas.count, using: &dice)
            if arenas.count < 6, Int.random(in: 0..<200, using: &dice) == 0 { arenas.append(arenas[number]) }
            let length = step % 400 == 0 ? 70_000 : Int.random(in: 0..<90, using: &dice)
            let text = String(repeating: "\(step % 10)", count: length)
            let place = arenas[number].arena.add(text)
            arenas[number].texts.append((place, text))
        }
        for (arena, texts) in arenas {
            #expect(texts.allSatisfy { arena.text($0.place, $0.text.utf8.count) == $0.text })
        }
    }
}
