import EntityModel
import PortalKit
import PortalUI

/// The filters of the Changes page, and those that are on.
struct ChangeFilterForm {
    let address: ChangeAddress
    let catalog: AuthorizedCatalog
    let context: ViewContext

    private typealias Choice = FilterForm.Choice
    private var words: any CatalogWords { context.words }

    func html(swap: String) -> HTML {
        FilterForm(
            action: "/changes", fields: fields + causeName, hidden: [],
            activeCount: address.values.count, past: "#list", swap: swap, context.interface
        ).html
    }

    private var fields: [FilterForm.Field] {
        func value(_ name: String) -> String { address.values[name] ?? "" }
        return [
            .text(words.changedEntity, name: "entity", value: value("entity"), placeholder: "component:shop"),
            .text(words.ofTeam, name: "owner", value: value("owner"), placeholder: "group:team-a"),
            .text(words.system, name: "system", value: value("system"), placeholder: "system:checkout"),
            .select(words.kind, name: "kind", kinds),
            .select(
                words.change, name: "type",
                choices(words.allChanges, ChangeFilter.Sort.allCases, address.filter.sort) { words.change($0) }),
            .select(
                words.causedBy, name: "cause",
                choices(words.anyCause, ChangeFilter.Author.allCases, address.filter.author) {
                    ChangeFilter.Author(rawValue: $0).map(words.author) ?? $0
                }),
            .date(words.fromDay, name: "from", value: day("from")),
            .date(words.toDay, name: "to", value: day("to")),
        ]
    }

    /// Whoever chooses another cause sees that the name of the last one is still there.
    private var causeName: [FilterForm.Field] {
        guard let name = address.values["causeName"] else { return [] }
        return [.text(title("causeName"), name: "causeName", value: name, placeholder: "")]
    }

    /// A field for days takes no times; these stand among the filters that are on all the same. What was typed in vain
    /// stays where it can.
    private func day(_ name: String) -> String {
        let text = address.days[name] ?? ""
        // Browsers take no other text for a day, and complain of it.
        return text.utf8.count == 10 && ChangeTime.milliseconds(text, isEnd: false) != nil ? text : ""
    }

    private func choices<Value: RawRepresentable<String> & Equatable>(
        _ all: String, _ values: [Value], _ chosen: Value?, _ label: (String) -> String
    ) -> [FilterForm.Choice] {
        [Choice("", label: all, isChosen: chosen == nil)]
            + values.map { Choice($0.rawValue, label: label($0.rawValue), isChosen: $0 == chosen) }
    }

    private var kinds: [FilterForm.Choice] {
        let chosen = address.filter.kind
        let counts = catalog.index.facet("kind", within: catalog.facetScope(.everything))
        var kinds = counts.map(\.value).sorted { $0.lowercased() < $1.lowercased() }
        // Of a kind that is gone there are changes, too.
        if let chosen, !kinds.contains(where: { $0.lowercased() == chosen }) { kinds.append(name(ofKind: chosen)) }
        return [Choice("", label: words.allKinds, isChosen: chosen == nil)]
            + kinds.map { Choice($0.lowercased(), label: $0, isChosen: $0.lowercased() == chosen) }
    }

    private func name(ofKind kind: String) -> String {
        EntityKind.builtIn.first { $0.name.lowercased() == kind }?.name ?? kind
    }

    /// The filters that are on, each with the way to take it off.
    var chips: [(text: String, without: SafeURL)] {
        ChangeQuery.filterNames.compactMap { name in
            guard let value = address.values[name] else { return nil }
            return ("\(title(name)): \(shown(name, value))", address.without(name))
        }
    }

    private func title(_ name: String) -> String {
        switch name {
        case "entity": words.changedEntity
        case "owner": words.ofTeam
        case "system": words.system
        case "kind": words.kind
        case "type": words.change
        case "from": words.fromDay
        case "to": words.toDay
        case "causeName": address.filter.author.map(words.causeName) ?? words.causedBy
        default: words.causedBy
        }
    }

    private func shown(_ name: String, _ value: String) -> String {
        switch name {
        case "entity": title(of: address.filter.entity) ?? value
        case "owner": title(of: address.filter.owner) ?? value
        case "system": title(of: address.filter.system) ?? value
        case "kind": self.name(ofKind: value.lowercased())
        case "type": words.change(value)
        case "cause": ChangeFilter.Author(rawValue: value).map(words.author) ?? value
        case "causeName": context.shownPath(value)
        default: value
        }
    }

    private func title(of reference: EntityReference?) -> String? {
        reference.flatMap { catalog.slot(reference: $0.description) }.map { catalog.title(of: $0) }
    }
}

extension ViewContext {
    /// The end of a long name, which tells more of a path than its beginning.
    fileprivate func shownPath(_ text: String) -> String { text.count > 60 ? "…\(text.suffix(60))" : text }
}
