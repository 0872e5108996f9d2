/// Days and times as filters of changes take them, by ISO 8601. Only what the calendar and the clock have.
enum ChangeTime {
    private static let dayLength: Int64 = 86_400_000
    private static let digits: ClosedRange<UInt8> = UInt8(ascii: "0")...UInt8(ascii: "9")
    private static let mostFractions = 9

    /// Milliseconds since 1970 of a day (`2026-01-31`, in UTC) or a time (`2026-01-31T12:00:00.5+01:00`).
    /// - Parameter isEnd: of a day, its end is meant.
    /// - Returns: nil for what is none.
    static func milliseconds(_ text: String, isEnd: Bool) -> Int64? {
        var rest = Array(text.utf8)[...]
        guard let day = day(&rest) else { return nil }
        if rest.isEmpty { return (day + (isEnd ? 1 : 0)) * dayLength }
        guard take("T", &rest) || take("t", &rest), let ofDay = clock(&rest), let offset = zone(&rest), rest.isEmpty
        else { return nil }
        return day * dayLength + ofDay - offset
    }

    /// Whether it is a day without a time.
    static func isDay(_ text: String) -> Bool { text.utf8.count == 10 }

    /// Days since 1970.
    private static func day(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let year = number(4, &rest), take("-", &rest), let month = number(2, &rest), take("-", &rest),
            let day = number(2, &rest), (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year)
        else { return nil }
        return days(year, month, day)
    }

    /// Milliseconds of the day; 24:00 is its end.
    private static func clock(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = number(2, &rest), take(":", &rest), let minute = number(2, &rest), take(":", &rest),
            let second = number(2, &rest), let fraction = fraction(&rest), minute < 60, second < 60
        else { return nil }
        let time = ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
        return time <= dayLength ? time : nil
    }

    /// Milliseconds; 0 where none are written.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard take(".", &rest) || take(",", &rest) else { return 0 }
        let written = rest.prefix { digits.contains($0) }
        guard (1...mostFractions).contains(written.count) else { return nil }
        rest = rest.dropFirst(written.count)
        return (written + [UInt8](repeating: digits.lowerBound, count: 2)).prefix(3).reduce(0) {
            $0 * 10 + Int64($1 - digits.lowerBound)
        }
    }

    /// Milliseconds that the clock is ahead of UTC.
    private static func zone(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        if take("Z", &rest) || take("z", &rest) { return 0 }
        let isAhead = take("+", &rest)
        guard isAhead || take("-", &rest), let hours = number(2, &rest) else { return nil }
        _ = take(":", &rest)
        guard let minutes = number(2, &rest), hours < 24, minutes < 60 else { return nil }
        return (isAhead ? 1 : -1) * (hours * 60 + minutes) * 60_000
    }

    private static func take(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func number(_ length: Int, _ rest: inout ArraySlice<UInt8>) -> Int64? {
        let written = rest.prefix(length)
        guard written.count == length, written.allSatisfy({ digits.contains($0) }) else { return nil }
        rest = rest.dropFirst(length)
        return written.reduce(0) { $0 * 10 + Int64($1 - digits.lowerBound) }
    }

    private static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from the first of January 1970, counted by years that begin in March, so that leap days come last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        // 400 years more, all of them whole cycles, keep everything positive.
        let from = year + 400 - (month <= 2 ? 1 : 0)
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return from * 365 + from / 4 - from / 100 + from / 400 + ofYear - 719_468 - 146_097
    }
}
