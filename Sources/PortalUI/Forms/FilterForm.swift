public import PortalKit

/// Filters beside a list: a plain form that applies at once where scripts run. On small screens it is folded.
public struct FilterForm: Sendable {
    /// One value to choose, with how much it would leave.
    public struct Choice: Sendable {
        public let value: String
        public let label: String
        /// Nil where nothing is counted.
        public let count: Int?
        public let isChosen: Bool

        public init(_ value: String, label: String, count: Int? = nil, isChosen: Bool) {
            self.value = value
            self.label = label
            self.count = count
            self.isChosen = isChosen
        }
    }

    /// One filter; `name` is that of its parameter.
    public enum Field: Sendable {
        case select(String, name: String, [Choice])
        case text(String, name: String, value: String, placeholder: String)
        /// A day: `2026-01-31`.
        case date(String, name: String, value: String)
        /// `help` says what the values mean.
        case one(String, name: String, [Choice], help: String? = nil)
        case many(String, name: String, [Choice], rest: Rest? = nil)

        /// Each of its values is a stop of the keyboard.
        var isLong: Bool {
            switch self {
            case .select, .text, .date: false
            case .one, .many: true
            }
        }
    }

    /// Where a filter has more values than fit.
    public enum Rest: Sendable {
        /// The address of the page that lists them.
        case folded(SafeURL)
        /// They are listed, with a field to find some of them; `name` is that of its parameter. `fold` leads back. If
        /// even here some are missing, the list is cut.
        case open(name: String, find: String, fold: SafeURL, isCut: Bool)
    }

    /// What the address of the page with all values of a filter points at.
    private static let rest = "more"

    private let action: SafeURL
    private let fields: [Field]
    private let hidden: [(name: String, value: String)]
    private let activeCount: Int
    private let past: SafeURL
    private let swap: String
    private let words: any InterfaceWords

    /// - Parameters:
    ///   - hidden: parameters that the filters leave as they are.
    ///   - activeCount: how many filters are on.
    ///   - past: where the list begins, for those who come by keyboard and want no filter.
    ///   - swap: the part of the page that is replaced where scripts run.
    public init(
        action: SafeURL, fields: [Field], hidden: [(name: String, value: String)], activeCount: Int, past: SafeURL,
        swap: String, _ words: any InterfaceWords
    ) {
        self.action = action
        self.fields = fields
        self.hidden = hidden
        self.activeCount = activeCount
        self.past = past
        self.swap = swap
        self.words = words
    }

    public var html: HTML {
        HTML { h in
            h(.details, .id("filters"), .class("filters"), Attribute.flag("open", isOpen)) {
                h(.summary) {
                    h.add(Icon.sign(.filter))
                    h.text(words.filters)
                    if activeCount > 0 { h(.b, text: words.filtersOn(activeCount)) }
                }
                h(.form, .action(action), .aria("label", words.filters), .data("live", ""), .data("swap", swap)) {
                    let choices = fields.firstIndex(where: \.isLong) ?? fields.count
                    for field in fields[..<choices] { self.field(h, field) }
                    h(.a, .class("skip"), .href(past), text: words.skipFilters)
                    for field in fields[choices...] { self.field(h, field) }
                    for field in hidden { h(.input, .type("hidden"), .name(field.name), .value(field.value)) }
                    h(.button, .class("button"), text: words.apply)
                }
            }
        }
    }

    /// Whoever opened the values of a filter wants to see them.
    private var isOpen: Bool {
        fields.contains { if case .many(_, _, _, .open) = $0 { true } else { false } }
    }

    private func field(_ h: HTMLWriter, _ field: Field) {
        switch field {
        case .select(let title, let name, let choices): h.add(SelectField.html(title, name: name, choices))
        case .text(let title, let name, let value, let placeholder):
            h(.fieldset) {
                h(.label, .class("label"), .for(name), text: title)
                h(
                    .input, .id(name), .class("field"), .type("search"), .name(name), .value(value),
                    .placeholder(placeholder), Attribute("autocomplete", "off"))
            }
        case .date(let title, let name, let value):
            h(.fieldset) {
                h(.label, .class("label"), .for(name), text: title)
                h(.input, .id(name), .class("field"), .type("date"), .name(name), .value(value))
            }
        case .one(let title, let name, let choices, let help):
            options(h, "radio", title, name, choices, nil, help: help)
        case .many(let title, let name, let choices, let rest): options(h, "checkbox", title, name, choices, rest)
        }
    }

    private func options(
        _ h: HTMLWriter, _ type: String, _ title: String, _ name: String, _ choices: [Choice], _ rest: Rest?,
        help: String? = nil
    ) {
        var isOpen = false
        if case .open = rest { isOpen = true }
        let helpID = help.map { _ in "\(name)-help" }
        h(.fieldset, isOpen ? .id(Self.rest) : nil, helpID.map { .aria("describedby", $0) }) {
            h(.legend, text: title)
            if let help, let helpID { h(.p, .id(helpID), .class("quiet"), text: help) }
            if case .open(let name, let find, _, _) = rest {
                h(
                    .input, .class("field"), .type("search"), .name(name), .value(find), .placeholder(words.find),
                    .aria("label", words.find(in: title)), Attribute("autocomplete", "off"))
            }
            for choice in choices {
                h(.label, .class(choice.count == 0 && !choice.isChosen ? "option none" : "option")) {
                    h(
                        .input, .type(type), .name(name), .value(choice.value),
                        Attribute.flag("checked", choice.isChosen))
                    h(.span, text: choice.label)
                    if let count = choice.count { h(.b, text: words.number(count)) }
                }
            }
            if let rest { self.rest(h, title, rest, shown: choices.count) }
        }
    }

    private func rest(_ h: HTMLWriter, _ title: String, _ rest: Rest, shown: Int) {
        switch rest {
        case .folded(let url):
            let target = SafeURL("\(url.text)#\(Self.rest)") ?? url
            h(.a, .class("rest"), .href(target), .aria("label", "\(words.showMore): \(title)"), text: words.showMore)
        case .open(_, let find, let fold, let isCut):
            if shown == 0 { h(.p, .class("quiet"), text: find.isEmpty ? words.none : words.nothingFound) }
            if isCut {
                h(.p, .class("quiet"), text: words.mostFrequent(shown))
            }
            h(.a, .class("rest"), .href(fold), .aria("label", "\(words.showFewer): \(title)"), text: words.showFewer)
        }
    }
}
