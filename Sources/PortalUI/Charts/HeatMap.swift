public import PortalKit

/// Many values at once, as squares that are larger the higher the value is.
///
/// Size and not colour tells the value, so it is the same in the dark, in print and for everybody. Values below zero
/// are empty squares; what is no finite number has none.
public enum HeatMap {
    /// One line of a matrix.
    public struct Row: Sendable {
        let name: String
        let values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    private static let cell = 14.0
    private static let letter = 6.2
    private static let mostWeeks = 106
    private static let mostRows = 100
    private static let mostColumns = 60

    /// The days of some months, a week in each column, Monday first.
    ///
    /// - Parameters:
    ///   - label: what the values are.
    ///   - first: the day of the first value, as `2026-01-31`.
    ///   - values: one for each day; two years at the most, of more the last.
    public static func calendar(
        _ label: String, first: String, values: [Double], unit: String = "", _ words: any InterfaceWords
    ) -> HTML {
        guard let start = CalendarDay(first), values.contains(where: \.isFinite) else {
            return ChartData.nothing(label, words)
        }
        let days = values.suffix(mostWeeks * 7 - 6)
        let day = start.adding(values.count - days.count)
        let offset = day.weekday
        let left = 32.0
        let cells = days.enumerated().map { index, value in
            let place = index + offset
            return Cell(x: left + Double(place / 7) * cell, y: 18 + Double(place % 7) * cell, value: value)
        }
        let weeks = (days.count + offset + 6) / 7
        let text = summary(label, words.days(days.count, from: day.text), Array(days), unit, words)
        let picture = svg(text, cells, left + Double(weeks) * cell + 20, 18 + 7 * cell) { h in
            let weekdays = words.weekdays
            for (row, name) in [(0, weekdays.monday), (2, weekdays.wednesday), (4, weekdays.friday)] {
                write(h, name, 0, 18 + Double(row) * cell + 11)
            }
            var isFree = 0
            for index in days.indices.map({ $0 - days.startIndex }) {
                let date = day.adding(index)
                let week = (index + offset) / 7
                guard date.day == 1 || index == 0, week >= isFree else { continue }
                // The first days of a first month that soon ends leave the place to the next.
                if index == 0, date.day > 14 { continue }
                write(h, words.months[date.month - 1], left + Double(week) * cell, 11)
                isFree = week + 2
            }
        }
        return figure(label, picture, Array(days), unit, words, isCalendar: true) { h in
            ChartData.table(
                h, [words.day, label],
                days.enumerated().map { (day.adding($0).text, [words.figure($1, unit: unit)]) }, words)
        }
    }

    /// Things against things, as teams against rules.
    public static func matrix(
        _ label: String, columns: [String], rows: [Row], unit: String = "", _ words: any InterfaceWords
    ) -> HTML {
        let shownRows = rows.prefix(mostRows)
        let shown = columns.prefix(mostColumns)
        let values = shownRows.flatMap { $0.values.prefix(shown.count) }
        guard values.contains(where: \.isFinite) else { return ChartData.nothing(label, words) }
        let names = shownRows.map { ChartData.short($0.name, 28) }
        let titles = shown.map { ChartData.short($0, 22) }
        let left = Double(names.map(\.count).max() ?? 0) * letter + 10
        let top = Double(titles.map(\.count).max() ?? 0) * letter * 0.72 + 16
        let size = 20.0
        let cells = shownRows.enumerated().flatMap { row, line in
            line.values.prefix(shown.count).enumerated().map { column, value in
                Cell(x: left + Double(column) * size, y: top + Double(row) * size, value: value, size: size)
            }
        }
        let text = summary(
            label, words.matrix(rows: rows.count, columns: columns.count), values, unit, words)
        // Slanted names reach out of their columns.
        let ends = titles.enumerated().map { (Double($0) + 0.5) * size + Double($1.count) * letter * 0.72 }
        let room = left + max(Double(shown.count) * size, ends.max() ?? 0) + 12
        let picture = svg(text, cells, room, top + Double(names.count) * size) { h in
            for (row, name) in names.enumerated() { write(h, name, 0, top + Double(row) * size + 14) }
            for (column, title) in titles.enumerated() {
                write(h, title, left + Double(column) * size + 10, top - 6, isSlanted: true)
            }
        }
        return figure(label, picture, values, unit, words) { h in
            let rest = rows.count - shownRows.count + columns.count - shown.count
            if rest > 0 { h(.p, .class("more"), text: words.moreRowsAndColumnsInData) }
            ChartData.table(
                h, [words.name] + columns.map { ChartData.short($0, 80) },
                rows.map { row in (row.name, row.values.map { words.figure($0, unit: unit) }) }, words)
        }
    }

    private static func figure(
        _ label: String, _ picture: HTML, _ values: [Double], _ unit: String, _ words: any InterfaceWords,
        isCalendar: Bool = false,
        data: (HTMLWriter) -> Void
    ) -> HTML {
        HTML { h in
            h(.figure, .class(isCalendar ? "chart heat days" : "chart heat")) {
                h(.figcaption, text: label)
                h(.div, .class("scroll"), .tabindex(0), .role("region"), .aria("label", label)) { h.add(picture) }
                key(h, values, unit, words)
                data(h)
            }
        }
    }

    /// What the sizes of the squares mean.
    private static func key(_ h: HTMLWriter, _ values: [Double], _ unit: String, _ words: any InterfaceWords) {
        let high = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
        h(.p, .class("key")) {
            h(.span, text: "0")
            h(
                .svg, Attribute("viewBox", "0 0 70 14"), Attribute("width", "70"), Attribute("height", "14"),
                .aria("hidden", "true")
            ) {
                draw(h, (0...4).map { Cell(x: Double($0) * cell, y: 0, value: Double($0)) })
            }
            h(.span, text: words.figure(high, unit: unit))
        }
    }

    private struct Cell {
        var x: Double
        var y: Double
        var value: Double
        var size = HeatMap.cell
    }

    private static func svg(
        _ label: String, _ cells: [Cell], _ width: Double, _ height: Double, texts: (HTMLWriter) -> Void
    ) -> HTML {
        HTML { h in
            h(
                .svg, Attribute("viewBox", "0 0 \(Draw.number(width)) \(Draw.number(height))"),
                Attribute("width", Draw.number(width)), Attribute("height", Draw.number(height)), .role("img"),
                .aria("label", label)
            ) {
                texts(h)
                draw(h, cells)
            }
        }
    }

    /// One path for all squares of a sort: a year is a few kilobytes and three elements.
    private static func draw(_ h: HTMLWriter, _ cells: [Cell]) {
        let high = cells.map(\.value).filter(\.isFinite).map(\.magnitude).max() ?? 0
        var (frames, values, below) = ("", "", "")
        for cell in cells where cell.value.isFinite {
            frames += Draw.box(cell.x + 0.5, cell.y + 0.5, cell.size - 2, cell.size - 2)
            guard cell.value != 0, high > 0 else { continue }
            let level = max(1, (cell.value.magnitude / high * 4).rounded(.up))
            let side = (cell.size - 2) * (0.2 + level * 0.2)
            let start = (cell.size - 1 - side) / 2
            let box = Draw.box(cell.x + start, cell.y + start, side, side)
            if cell.value > 0 { values += box } else { below += box }
        }
        Draw.path(h, frames, "cells")
        Draw.path(h, values, "values")
        Draw.path(h, below, "below")
    }

    private static func write(_ h: HTMLWriter, _ text: String, _ x: Double, _ y: Double, isSlanted: Bool = false) {
        h(
            Draw.text, Attribute("x", Draw.number(x)), Attribute("y", Draw.number(y)),
            isSlanted ? Attribute("transform", "rotate(-45 \(Draw.number(x)) \(Draw.number(y)))") : nil, text: text)
    }

    /// `Deploys: 365 days from 2026-01-01, lowest 0, highest 12`
    private static func summary(
        _ label: String, _ size: String, _ values: [Double], _ unit: String, _ words: any InterfaceWords
    ) -> String {
        let finite = values.filter(\.isFinite)
        func text(_ value: Double?) -> String { value.map { words.figure($0, unit: unit) } ?? "–" }
        return "\(label): \(size), \(words.range(lowest: text(finite.min()), highest: text(finite.max())))"
    }
}
