import Database
import HTTPTypes
import PortalKit
import PortalUI

/// What the portal is made of.
struct PluginsPanel: Sendable {
    let plugins: [PluginReport]
    let context: ViewContext

    var html: HTML {
        let words = context.language.devtools
        return HTML { h in
            h.add(
                FactStrip.html([
                    (words.plugins, Plain.html(String(plugins.count))),
                    (words.routes, Plain.html(String(plugins.reduce(0) { $0 + $1.routes.count }))),
                    (words.keys, Plain.html(String(plugins.reduce(0) { $0 + $1.keys.count }))),
                    (words.migrations, Plain.html(String(plugins.reduce(0) { $0 + $1.migrations.count }))),
                ]))
            for plugin in plugins { h.add(card(plugin, words)) }
        }
    }

    private func card(_ plugin: PluginReport, _ words: any DevtoolsWords) -> HTML {
        let state =
            plugin.isOn ? StateMark.html(.ok, words.isOn) : StateMark.html(.none, words.isOff)
        return Card.html(
            plugin.id, id: "plugin-\(plugin.id)", action: state,
            content: HTML { h in
                h.add(TagList.html(plugin.contributions.map { "\($0.point) \($0.count)" }))
                if !plugin.routes.isEmpty {
                    h.add(Fold.html(words.routes, count: plugin.routes.count, routes(plugin, words)))
                }
                if !plugin.keys.isEmpty {
                    h.add(Fold.html(words.keys, count: plugin.keys.count, keys(plugin, words)))
                }
                if !plugin.migrations.isEmpty {
                    h.add(Fold.html(words.migrations, count: plugin.migrations.count, migrations(plugin, words)))
                }
            })
    }

    private func routes(_ plugin: PluginReport, _ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.routes,
            [
                .init(words.path, width: .wide), .init(words.method, width: .whole), .init(words.access, width: .whole),
            ],
            rows: plugin.routes.map { route in
                .init([
                    Code.long(route.path), Code.inline(route.method.rawValue), Plain.html(access(route, words)),
                ])
            }, context.language.interface)
    }

    private func access(_ route: Route, _ words: any DevtoolsWords) -> String {
        switch route.access {
        case .permission(let permission): permission.name
        case .authenticated: words.signedIn
        case .open: words.everybody
        }
    }

    private func keys(_ plugin: PluginReport, _ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.keys, [.init(words.key, width: .whole), .init(words.meaning, width: .wide)],
            rows: plugin.keys.map { .init([Code.long($0.path), Plain.html($0.summary)]) }, context.language.interface)
    }

    private func migrations(_ plugin: PluginReport, _ words: any DevtoolsWords) -> HTML {
        Table.html(
            words.migrations, [.init(words.number, width: .whole), .init(words.meaning, width: .wide)],
            rows: plugin.migrations.map {
                .init([Code.inline("\($0.feature) \($0.number)"), Plain.html($0.name)])
            }, context.language.interface)
    }
}
