import EntityModel
import PortalKit

/// Metric families as Prometheus reads them: its text format 0.0.4.
enum Exposition {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Families of one name are joined, for the format wants each name once; those without samples are left out.
    static func text(_ families: [MetricFamily]) -> String {
        var joined: [MetricFamily] = []
        var places: [String: Int] = [:]
        for family in families where !family.samples.isEmpty {
            if let place = places[family.name] {
                joined[place].samples += family.samples
            } else {
                places[family.name] = joined.count
                joined.append(family)
            }
        }
        var out = ""
        for family in joined.sorted(by: { $0.name < $1.name }) { append(family, to: &out) }
        return out
    }

    private static func append(_ family: MetricFamily, to out: inout String) {
        out += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
        out += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            out += family.name + sample.suffix
            if !sample.labels.isEmpty {
                let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
                out += "{\(labels.joined(separator: ","))}"
            }
            out += " \(number(sample.value))\n"
        }
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return JSONWriter.text(.number(value))
    }
}
