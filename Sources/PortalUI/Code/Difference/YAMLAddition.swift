public import EntityModel
public import PortalKit

/// The YAML of an entity with the lines that it lacks, as for a missing annotation.
public enum YAMLAddition {
    /// The whole text can be copied up to this size.
    private static let mostCopied = 64 * 1_024

    /// - Parameters:
    ///   - entity: what there is, as its author would write it.
    ///   - addition: members to add, on the level where they belong:
    ///     `["metadata": ["annotations": ["example.com/id": "…"]]]`.
    ///   - label: what is shown, for those who do not see it.
    public static func html(
        entity: JSONValue, adding addition: JSONValue, label: String, _ words: any InterfaceWords
    ) -> HTML {
        let after = YAMLWriter.text(merged(entity, addition))
        guard let difference = LineDiff(before: YAMLWriter.text(entity), after: after), difference.added > 0 else {
            return .empty
        }
        // A line that had to change, as `annotations: {}`, is shown as it is afterwards.
        let lines = difference.lines.filter { $0.change != .removed }
        let added = lines.filter { $0.change == .added }.map { $0.text + "\n" }.joined()
        return HTML { h in
            h(.figure, .class("diff addition")) {
                h(.div, .tabindex(0), .role("region"), .aria("label", label)) {
                    rows(h, lines, words)
                }
                h(.figcaption, .class("copies")) {
                    copy(h, words.addedLines, added)
                    if after.utf8.count <= mostCopied { copy(h, words.wholeFile, after) }
                }
            }
        }
    }

    private static func copy(_ h: HTMLWriter, _ name: String, _ text: String) {
        h(.span) {
            h.text(name)
            h(.code, .flag("hidden"), .data("copy", name), text: text)
        }
    }

    /// Around the additions some lines; the rest, as a long definition, is folded.
    private static func rows(_ h: HTMLWriter, _ lines: [LineDiff.Line], _ words: any InterfaceWords) {
        var rest = lines[...]
        while let first = rest.first {
            let stretch = rest.prefix { $0.change == first.change }
            rest = rest.dropFirst(stretch.count)
            let isFolded = first.change == .same && stretch.count > mostUnfolded
            let shown = isFolded ? stretch.prefix(stretch.startIndex == 0 ? mostUnfolded / 2 : context) : stretch
            let last = isFolded && !rest.isEmpty ? context : 0
            let folded = stretch.dropFirst(shown.count).dropLast(last)
            for line in shown { DiffView.row(h, line, [], words, isNumbered: false) }
            fold(h, folded, words)
            for line in stretch.suffix(isFolded ? last : 0) { DiffView.row(h, line, [], words, isNumbered: false) }
        }
    }

    private static let context = 3
    private static let mostUnfolded = 16

    private static func fold(_ h: HTMLWriter, _ lines: ArraySlice<LineDiff.Line>, _ words: any InterfaceWords) {
        guard !lines.isEmpty else { return }
        h(.details) {
            h(.summary, text: words.moreLines(lines.count))
            for line in lines.prefix(DiffView.mostRows) { DiffView.row(h, line, [], words, isNumbered: false) }
            let rest = lines.count - DiffView.mostRows
            if rest > 0 { h(.p, text: words.moreLinesNotShown(rest)) }
        }
    }

    /// What there is, with the members that it lacks; what has a value already keeps it.
    ///
    /// Goes as deep as the addition, which is written in the source of its caller.
    static func merged(_ value: JSONValue, _ addition: JSONValue) -> JSONValue {
        guard case .object(let new) = addition else { return value }
        guard case .object(var object) = value else { return value.isNull ? addition : value }
        for (key, added) in new.members {
            object[key] = object[key].map { merged($0, added) } ?? added
        }
        return .object(object)
    }
}
