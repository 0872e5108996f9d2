import EntityModel
import PortalKit
import PortalUI

/// What goes with a registered location, before it is taken out.
struct UnregistrationPage: Sendable {
    let location: RootStore.Registered
    /// What somebody may see of it, without the location's own entity.
    let leaving: [Entity]
    let hidesSome: Bool
    /// The location's own entity; nil before it was read for the first time.
    let page: EntityReference?
    /// The configuration names the same address.
    let isConfigured: Bool
    /// `catalog.readonly`
    let isReadonly: Bool
    let context: ViewContext

    private var words: any CatalogWords { context.words }

    /// What the catalog's address says afterwards.
    static let doneParameter = "unregistered"
    private static let mostShown = 200

    static func url(of id: String) -> SafeURL { .path(["catalog-import", id, "unregister"]) }

    var content: PageContent {
        PageContent(
            words.unregisterShort,
            trail: [.init(words.catalog, "/catalog")]
                + (page.map { [.init(words.location, EntityLink.url($0))] } ?? []),
            html: HTML { h in
                h.add(
                    PageHead.html(
                        words.unregisterQuestion, subtitle: SourcePlace.html(location.location.description)))
                h.add(what)
                h.add(
                    Confirmation.html(
                        isRow: true,
                        HTML { h in
                            if !isReadonly {
                                h.add(Button.form(words.unregister, to: Self.url(of: location.id), isMain: true))
                            }
                            h.add(Button.link(words.keepIt, page.map { EntityLink.url($0) } ?? RegistrationPage.url))
                        }))
            })
    }

    private var what: HTML {
        if isReadonly {
            return Note.text(.warn, words.cannotUnregister, words.saysReadonly)
        }
        if isConfigured {
            return Note.text(
                .info, words.nothingGoes, words.configurationReads)
        }
        return HTML { h in
            if leaving.isEmpty, !hidesSome {
                h.add(Note.text(.info, nil, words.noEntityGoes))
            } else {
                h.add(
                    Note.text(
                        .warn, words.entitiesGo(leaving.count),
                        words.theyLeave + (hidesSome ? words.othersGo : "")))
                let items = leaving.prefix(Self.mostShown).map { EntityList.Item($0.reference, entity: $0) }
                if !items.isEmpty {
                    h.add(
                        Card.html(
                            words.whatGoes, count: context.interface.number(leaving.count),
                            content: EntityList.html(nil, items, total: leaving.count, context.interface)))
                }
            }
        }
    }
}
