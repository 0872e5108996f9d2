public import EntityModel
public import PortalKit

/// People in columns, each with how to reach them.
public enum PeopleList {
    /// - Parameters:
    ///   - total: how many there are, with those that are not shown.
    ///   - all: where all of them are listed.
    public static func html(
        _ people: [Entity], total: Int, all: SafeURL?, _ words: any InterfaceWords
    ) -> HTML {
        HTML { h in
            h(.ul, .class("people")) {
                for person in people {
                    h(.li) {
                        let title = EntityName.title(of: person)
                        h(.span, .class("initial"), .aria("hidden", "true"), text: String(title.prefix(1)).uppercased())
                        h(.div) {
                            h(.a, .href(EntityLink.url(person.reference)), text: title)
                            if let mail = person.spec["profile"]?["email"]?.string { h(.small, text: mail) }
                        }
                    }
                }
            }
            if total > people.count {
                if let all {
                    h.add(Pager.more(words.all(total), all))
                } else {
                    h.add(Card.quiet(words.andMore(total - people.count)))
                }
            }
        }
    }
}
