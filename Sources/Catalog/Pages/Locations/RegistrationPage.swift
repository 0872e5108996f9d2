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
    let context: ViewContext
    /// Why the address cannot be registered.
    var problem: String?
    var analysis: LocationAnalysis?
    /// The address is registered already.
    var known: Known?
    /// The configuration names the address.
    var isConfigured = false
    /// What the entities are read through already: a location, or the first of them where it may not be seen. Nil where
    /// something would be new.
    var through: Entity?
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

    static let mostRegistered = 200
}

extension RegistrationPage {
    private var words: any CatalogWords { context.words }

    var content: PageContent {
        PageContent(
            words.registerTitle, trail: [.init(words.catalog, "/catalog")], status: problem == nil ? .ok : .badRequest,
            html: HTML { h in
                h.add(
                    PageHead.html(
                        words.registerTitle, subtitle: HTML { $0.text(words.registerText) }))
                if let done { h.add(success(done)) }
                if isReadonly {
                    h.add(
                        Note.text(
                            .warn, words.nothingCanBeRegistered, words.isReadonly))
                }
                h.add(form)
                h.add(result)
                if let registered { h.add(list(registered)) }
            })
    }

    private var form: HTML {
        AskForm.html(
            to: Self.url, label: words.addressLabel,
            field: TextField.html(
                "URL", name: "url", type: "url", value: address,
                placeholder: "https://example.org/team/catalog-info.yaml", help: words.urlHelp, problem: problem),
            button: words.analyze, isMain: analysis == nil)
    }

    private var result: HTML {
        if problem != nil || address.isEmpty { return .empty }
        guard let analysis else {
            return Note.text(.info, nil, words.filledByOther)
        }
        return HTML { h in
            if let known { h.add(already(known)) }
            if isConfigured, known == nil {
                h.add(Note.text(.info, nil, words.isConfigured))
            }
            if let through, known == nil, !isConfigured { h.add(nothingNew(through)) }
            h.add(AnalysisView(analysis: analysis, paths: paths, context: context).html)
            if !analysis.hasEntities, let raw = Self.raw(analysis.location) {
                h.add(Confirmation.html(Button.link(words.analyzeRaw, Self.url(address: raw))))
            }
            if known == nil, !isConfigured, !isReadonly, analysis.hasEntities, through == nil {
                h.add(confirmation(analysis))
            }
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
        return Confirmation.html(
            HTML { h in
                if !isFlawless {
                    h.add(
                        Card.quiet(words.wrongShowsOnPage))
                }
                h.add(
                    Button.form(
                        isFlawless ? words.register : words.registerAnyway, to: Self.url, isMain: isFlawless,
                        fields: [("url", analysis.location.target)]))
            })
    }

    private func already(_ known: Known) -> HTML {
        Note.html(
            .info, words.isRegistered,
            HTML { h in
                h(.p) {
                    guard let page = known.page else { return h.text(words.notReadYet) }
                    h.add(EntityLink.html(page, title: words.itsLocationTitle, context.interface))
                    h.text(words.saysWhenRead)
                }
            })
    }

    private func nothingNew(_ through: Entity) -> HTML {
        let title = GeneratedLocation.isOne(through) ? words.itsLocationTitle : EntityName.title(of: through)
        return Note.html(
            .info, words.addsNothing,
            HTML { h in
                h(.p) {
                    h.text(words.allIsReadFromThere)
                    h.add(EntityLink.html(through.reference, title: title, context.interface))
                    h.text(words.saysWhenRead)
                }
            })
    }

    private func success(_ done: Known) -> HTML {
        HTML { h in
            h.add(
                Note.html(
                    done.contents.hasErrors ? .warn : .info,
                    done.contents.hasErrors ? words.registeredWithErrors : words.registered,
                    HTML { h in
                        h(.p) {
                            h.add(SourcePlace.html(done.location.description))
                            guard let page = done.page else {
                                return h.text(words.isReadNow)
                            }
                            if done.contents.hasErrors {
                                h.text(words.wasReadBut)
                                h.add(EntityLink.html(page, title: words.itsLocation, context.interface))
                                return h.text(words.saysWhat)
                            }
                            h.text(words.wasRead)
                            h.add(EntityLink.html(page, title: words.itsLocation, context.interface))
                            h.text(words.saysIfWrong)
                        }
                    }))
            h.add(done.contents.card(words.added, context))
        }
    }

    private func list(_ registered: [Known]) -> HTML {
        if registered.isEmpty {
            return Card.html(
                words.registeredLocations, content: Card.quiet(words.noneRegistered))
        }
        let columns = [Table.Column(words.location, width: .wide), Table.Column(words.readFromIt)]
        return Card.html(
            words.registeredLocations, count: context.interface.number(registeredCount),
            content: HTML { h in
                h.add(
                    Table.html(
                        words.registeredLocations, columns + (mayUnregister ? [Table.Column(words.action)] : []),
                        rows: registered.map { .init(row($0)) }, context.interface))
                if registeredCount > registered.count {
                    h.add(Card.quiet(context.interface.andMore(registeredCount - registered.count)))
                }
            })
    }

    private func row(_ known: Known) -> [HTML] {
        let target = known.location.target
        let title =
            known.page.map { EntityLink.html($0, title: target, context.interface) } ?? HTML { $0(.b, text: target) }
        let name = EntityName.html(kind: "Location", title)
        let counted = known.contents.total.map { CatalogErrors.counted($0, words.entity, words) } ?? ""
        let count = HTML { h in
            guard let page = known.page else { return h.text(words.notReadYetShort) }
            h.text(counted)
            guard known.contents.hasErrors else { return }
            if !counted.isEmpty { h.text(", ") }
            h.add(WarningMark.html(words.withErrors, EntityLink.url(page)))
        }
        let way = HTML { h in
            h(
                .a, .href(UnregistrationPage.url(of: known.id)), .aria("label", words.unregister(target)),
                text: words.unregister)
        }
        return [name, count] + (mayUnregister ? [way] : [])
    }
}
