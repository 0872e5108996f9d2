public import PortalKit

/// Settings below one another: what each is for, and its choices at the end of the row.
public enum SettingRows {
    /// One setting.
    public struct Row: Sendable {
        let title: String
        let help: String
        let control: HTML

        public init(_ title: String, _ help: String = "", control: HTML) {
            self.title = title
            self.help = help
            self.control = control
        }
    }

    public static func html(_ rows: [Row]) -> HTML {
        HTML { h in
            h(.div, .class("settings")) {
                for row in rows {
                    h(.div) {
                        h(.div) {
                            h(.strong, text: row.title)
                            if !row.help.isEmpty { h(.small, text: row.help) }
                        }
                        h.add(row.control)
                    }
                }
            }
        }
    }
}

/// Buttons below what they are about.
public enum ActionRow {
    public static func html(_ actions: HTML) -> HTML {
        HTML { h in h(.div, .class("confirm actions")) { h.add(actions) } }
    }
}

/// A form that replaces a part of its page where scripts run.
public enum PartForm {
    /// - Parameter part: the id of what is replaced.
    public static func html(to url: SafeURL, part: String, isLive: Bool = false, _ content: HTML) -> HTML {
        HTML { h in
            h(
                .form, .class("narrow"), .method("post"), .action(url), .data("swap", part),
                isLive ? .data("live", "") : nil
            ) { h.add(content) }
        }
    }
}
