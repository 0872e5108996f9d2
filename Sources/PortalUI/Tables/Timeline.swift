public import PortalKit

/// Things that happened, the newest first.
public enum Timeline {
    /// One thing that happened.
    public struct Event: Sendable {
        let title: String
        /// Of what it is told, behind the title.
        let subject: HTML
        let time: HTML
        let details: HTML

        public init(_ title: String, subject: HTML = .empty, time: HTML, details: HTML = .empty) {
            self.title = title
            self.subject = subject
            self.time = time
            self.details = details
        }
    }

    public static func html(_ events: [Event]) -> HTML {
        HTML { h in
            h(.ol, .class("timeline")) {
                for event in events {
                    h(.li) {
                        h(.p) {
                            h(.strong, text: event.title)
                            h.text(" ")
                            if !event.subject.isEmpty {
                                h.add(event.subject)
                                h.text(" ")
                            }
                            h.add(event.time)
                        }
                        h.add(event.details)
                    }
                }
            }
        }
    }
}
