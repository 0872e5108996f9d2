import EntityModel
import PortalKit
import Testing

@testable import Catalog

/// Paths as pages show them.
@Suite struct ShownPathsTests {
    private let paths = ShownPaths(
        configuration: "/srv/portal",
        roots: [
            .init(type: "file", target: "/srv/portal/examples/all.yaml"),
            .init(type: "file", target: "/data/**/catalog-info.yaml"), .init(type: "url", target: "https://h/data/a"),
        ])

    @Test(
        "paths begin at the configuration's folder, others hide where they begin, and URLs stay",
        arguments: [
            ("file:/srv/portal/examples/all.yaml", "file:examples/all.yaml"),
            ("/srv/portal/examples/a.yaml does not exist.", "examples/a.yaml does not exist."),
            ("in '/data/x/a.yaml', /data/y.yaml", "in '…/x/a.yaml', …/y.yaml"),
            ("https://h/data/a.yaml and http://h:80/data/b", "https://h/data/a.yaml and http://h:80/data/b"),
            ("more than 5 folders below /data; name them.", "more than 5 folders below …; name them."),
            ("file:/srv/portal and /data", "file:. and …"), ("It is /data.", "It is …."),
            ("/srv/portal.yaml /data-2 /data.x", "/srv/portal.yaml /data-2 /data.x"),
            ("/srv/portals/a.yaml", "/srv/portals/a.yaml"), ("a/data/b é/data/c", "a/data/b é/data/c"), ("", ""),
        ])
    func texts(_ text: String, _ expected: String) { #expect(paths.shown(text) == expected) }

    @Test(
        "a target outside the configuration's folder is shown as the configuration writes it from there",
        arguments: [
            ("file:/srv/my-services/pay/catalog-info.yaml", "file:../my-services/pay/catalog-info.yaml"),
            ("file:/srv/my-services/ship/catalog-info.yaml", "file:../my-services/ship/catalog-info.yaml"),
            ("no /srv/my-services/pay or /other/x", "no ../my-services/pay or ../../other/x"),
            ("/srv/top.yaml", "../top.yaml"), ("/srv/portal/a.yaml", "a.yaml"),
        ])
    func neighbours(_ text: String, _ expected: String) {
        let targets = [
            "/srv/my-services/pay/catalog-info.yaml", "/srv/my-services/ship/catalog-info.yaml", "/other/x/**/a.yaml",
            "/srv/top.yaml",
        ]
        let paths = ShownPaths(
            configuration: "/srv/portal", roots: targets.map { .init(type: "file", target: $0) },
            relative: Set(targets))
        #expect(paths.shown(text) == expected)
    }

    @Test("absolute targets show only as many folders as tell them apart")
    func apart() {
        let targets = ["/far/away/pay/catalog-info.yaml", "/far/away/ship/catalog-info.yaml"]
        let paths = ShownPaths(
            configuration: "/srv/portal", roots: targets.map { .init(type: "file", target: $0) })
        #expect(targets.map(paths.shown) == ["…/pay/catalog-info.yaml", "…/ship/catalog-info.yaml"])
    }

    @Test("a configuration in the root folder hides nothing of itself")
    func root() {
        let paths = ShownPaths(configuration: "/", roots: [.init(type: "file", target: "/all.yaml")])
        #expect(paths.shown("file:/all.yaml") == "file:/all.yaml")
    }

    @Test("of an entity only what the portal fills in is rewritten")
    func entities() {
        let entity: JSONValue = [
            "metadata": ["annotations": ["a": "file:/data/a"], "description": "see /data/a"],
            "spec": ["target": "/data/a", "targets": ["/data/b"], "definition": "/data/c"],
            "status": ["items": [["message": "no /data/d"]]],
        ]
        #expect(
            paths.shown(entity) == [
                "metadata": ["annotations": ["a": "file:…/a"], "description": "see /data/a"],
                "spec": ["target": "…/a", "targets": ["…/b"], "definition": "/data/c"],
                "status": ["items": [["message": "no …/d"]]],
            ])
    }
}
