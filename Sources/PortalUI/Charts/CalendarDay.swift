/// A day of the Gregorian calendar as a count of days, which is all that a calendar's picture needs.
struct CalendarDay: Equatable {
    /// From 1 March of the year 0, so that a leap day ends a year.
    private let count: Int

    private init(count: Int) { self.count = count }

    /// - Parameter text: `2026-01-31`, perhaps with a time behind it.
    init?(_ text: String) {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.utf8.count >= 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Months counted from March have their lengths in a pattern of 153 days for five.
        let shifted = month > 2 ? year : year - 1
        let days = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        count = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + days
        // 31 April is no day.
        guard self.month == month else { return nil }
    }

    func adding(_ days: Int) -> CalendarDay { CalendarDay(count: count + days) }

    /// 0 is Monday; 1 March of the year 0 was a Wednesday.
    var weekday: Int { (count + 2) % 7 }

    var day: Int { parts.day }
    var month: Int { parts.month }

    /// `2026-01-31`
    var text: String {
        let parts = parts
        func padded(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }

    private var parts: (year: Int, month: Int, day: Int) {
        let era = count / 146_097
        let inEra = count % 146_097
        let year = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * inYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (era * 400 + year + (month <= 2 ? 1 : 0), month, inYear - (153 * shifted + 2) / 5 + 1)
    }
}
