import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `/catalog-import`: what an address leads to, before and after it is registered.
struct RegistrationPage: Sendable {
    /// A registered location with what was read through it.
    struct Known: Sendable {
        let id: String
        let location: LocationReference
        let contents: LocationContents
        var page: EntityReference? { contents.page }

        /// - Parameter most: of its entities; the others are counted.
        init(
            _ registered: RootStore.Registered, through catalog: AuthorizedCatalog,
            most: Int = LocationContents.mostEntities
        ) {
            id = registered.id
            location = registered.location
            contents = LocationContents(of: location, through: catalog, most: most)
        }
    }

    /// As it was written.
    let address: String
    let paths: ShownPaths
    /// Why the address cannot be registered.
    var problem: String?
    var analysis: LocationAnalysis?
    /// The address is registered already.
    var known: Known?
    /// The configuration names the address.
    var isConfigured = false
    /// What was registered a moment ago.
    var done: Known?
    /// The first of them; nil for who may not read locations.
    var registered: [Known]?
    var registeredCount = 0
    var mayUnregister = false
    /// `catalog.readonly`
    var isReadonly = false

    static let url: SafeURL = "/catalog-import"
    static let registeredParameter = "registered"

    static func url(address: String) -> SafeURL { .path(["catalog-import"], query: [("url", address)]) }
    static func url(registered id: String) -> SafeURL {
        .path(["catalog-import"], query: [(registeredParameter, id)])
    }

    private static let title = "Register existing components"
    static let mostRegistered = 200
}

extension RegistrationPage {
    var content: PageContent {
        PageContent(
            Self.title, trail: [.init("Catalog", "/catalog")], status: problem == nil ? .ok : .badRequest,
            html: HTML { h in
                h.add(
                    PageHead.html(
                        Self.title,
                        subtitle: HTML { $0.text("Add what a catalog-info.yaml declares to the catalog.") }))
                if let done { h.add(Self.success(done)) }
                if isReadonly {
                    h.add(
                        Note.text(
                            .warn, "Nothing can be registered here",
                            "The configuration says catalog.readonly: true. Locations are added under "
                                + "catalog.locations."))
                }
                h.add(form)
                h.add(result)
                if let registered { h.add(list(registered)) }
            })
    }

    private var form: HTML {
        HTML { h in
            h(.form, .class("ask"), .action(Self.url), .aria("label", "Address")) {
                h.add(
                    TextField.html(
                        "URL", name: "url", type: "url", value: address,
                        placeholder: "https://example.org/team/catalog-info.yaml",
                        help: "The file itself, not the page of a source host about it. Nothing is registered before "
                            + "you have seen what is in it.",
                        problem: problem))
                h(.button, .class(analysis == nil ? "button main" : "button"), text: "Analyze")
            }
        }
    }

    private var result: HTML {
        if problem != nil || address.isEmpty { return .empty }
        guard let analysis else {
            return Note.text(.info, nil, "Another site filled this in. Press Analyze if you know the address.")
        }
        return HTML { h in
            if let known { h.add(Self.already(known)) }
            if isConfigured, known == nil {
                h.add(Note.text(.info, nil, "The configuration names this address already, so its entities are read."))
            }
            h.add(AnalysisView(analysis: analysis, paths: paths).html)
            if !analysis.hasEntities, let raw = Self.raw(analysis.location) {
                h(.div, .class("confirm")) {
                    h.add(Button.link("Analyze the file's raw address", Self.url(address: raw)))
                }
            }
            if known == nil, !isConfigured, !isReadonly, analysis.hasEntities { h.add(confirmation(analysis)) }
        }
    }

    /// The address of the file itself, where people gave that of a page about it.
    private static func raw(_ location: LocationReference) -> String? {
        guard let page = URLReference.parse(location.target).flatMap({ SourceHostPage($0) }),
            !GlobPattern.isPattern(page.raw.path)
        else { return nil }
        return page.raw.text
    }

    private func confirmation(_ analysis: LocationAnalysis) -> HTML {
        let isFlawless = analysis.troubles.isEmpty
        return HTML { h in
            h(.div, .class("confirm")) {
                if !isFlawless {
                    h.add(
                        Card.quiet("What is wrong shows on the location's page until it is mended; the rest is read."))
                }
                h.add(
                    Button.form(
                        isFlawless ? "Register" : "Register anyway", to: Self.url, isMain: isFlawless,
                        fields: [("url", analysis.location.target)]))
            }
        }
    }

    private static func already(_ known: Known) -> HTML {
        Note.html(
            .info, "This address is registered already",
            HTML { h in
                h(.p) {
                    guard let page = known.page else { return h.text("It was not read yet.") }
                    h.add(EntityLink.html(page, title: "Its location"))
                    h.text(" says when it was read and what is wrong.")
                }
            })
    }

    private static func success(_ done: Known) -> HTML {
        HTML { h in
            h.add(
                Note.html(
                    done.contents.hasErrors ? .warn : .info,
                    done.contents.hasErrors ? "Registered, with errors" : "Registered",
                    HTML { h in
                        h(.p) {
                            h.add(SourcePlace.html(done.location.description))
                            guard let page = done.page else {
                                return h.text(" is read now. Load this page again in a moment.")
                            }
                            if done.contents.hasErrors {
                                h.text(" was read, and something is wrong; ")
                                h.add(EntityLink.html(page, title: "its location"))
                                return h.text(" says what.")
                            }
                            h.text(" was read; ")
                            h.add(EntityLink.html(page, title: "its location"))
                            h.text(" says if something is wrong.")
                        }
                    }))
            h.add(done.contents.card("Added"))
        }
    }

    private func list(_ registered: [Known]) -> HTML {
        if registered.isEmpty {
            return Card.html(
                "Registered locations", content: Card.quiet("None yet. What you register is listed here."))
        }
        let columns = [Table.Column("Location", width: .wide), Table.Column("Read from it")]
        return Card.html(
            "Registered locations", count: registeredCount,
            content: HTML { h in
                h.add(
                    Table.html(
                        "Registered locations", columns + (mayUnregister ? [Table.Column("Action")] : []),
                        rows: registered.map(row)))
                if registeredCount > registered.count {
                    h.add(Card.quiet("and \(registeredCount - registered.count) more"))
                }
            })
    }

    private func row(_ known: Known) -> [HTML] {
        let target = known.location.target
        let name = HTML { h in
            h(.div, .class("name")) {
                h.add(Icon.kind("Location"))
                h(.div) {
                    if let page = known.page {
                        h.add(EntityLink.html(page, title: target))
                    } else {
                        h(.b, text: target)
                    }
                }
            }
        }
        let counted = known.contents.total.map { CatalogErrors.counted($0, "entity") } ?? ""
        let count = HTML { h in
            guard let page = known.page else { return h.text("not read yet") }
            h.text(counted)
            guard known.contents.hasErrors else { return }
            if !counted.isEmpty { h.text(", ") }
            h.add(WarningMark.html("has errors", EntityLink.url(page)))
        }
        let way = HTML { h in
            h(
                .a, .href(UnregistrationPage.url(of: known.id)), .aria("label", "Unregister \(target)"),
                text: "Unregister")
        }
        return [name, count] + (mayUnregister ? [way] : [])
    }
}
