import EntityModel
import PortalKit
import PortalServer
import Testing

/// `callboard config check` and `print`.
@Suite struct ConfigCheckTests {
    private static let keys = ConfigInspection.keys(standardPlugins)

    private func config(_ text: String) throws -> AppConfig {
        try AppConfigLoader(environment: ["T": "shh-from-outside"]) { _ in Array(text.utf8) }
            .load(["/portal/app-config.yaml"]).config
    }

    @Test(
        "misspelt keys have a suggestion, keys of Backstage are named, wrong values are errors",
        arguments: [
            ("backend: { databse: { client: pg } }", "warning", "Did you mean backend.database?"),
            ("catalog: { locatons: [] }", "warning", "Did you mean catalog.locations?"),
            ("zebra: 1", "warning", "zebra is known neither to Callboard nor to Backstage (app-config.yaml:1)"),
            ("kubernetes: { clusterLocatorMethods: [] }", "unused", "kubernetes is not used by Callboard"),
            ("auth: { providers: { github: { a: 1 } } }", "unused", "auth.providers.github is not used"),
            ("backend: { listen: { port: many } }", "error", "backend.listen.port must be a number"),
            ("catalog: { readonly: perhaps }", "error", "catalog.readonly must be true or false"),
            ("catalog: { processingInterval: 5 }", "error", "must be a number with its unit: '30s', '5m', "),
            ("catalog: { processingInterval: five minutes }", "error", "must be a number with its unit: '30s', '5m', "),
            (
                "app: hello", "error",
                "app must be an object with keys such as baseUrl, branding, navigation (app-config.yaml:1)"
            ),
            ("\ncatalog: 7", "error", "catalog must be an object with keys such as "),
            ("catalog: { locations: all.yaml }", "error", "catalog.locations must be a list (app-config.yaml:1)"),
            ("catalog: { locations: {} }", "error", "catalog.locations must be a list"),
            ("auth: []", "error", "auth must be an object with keys such as"),
            ("auth: { providers: { gest: {} } }", "warning", "auth.providers.gest is not used by Callboard"),
            ("auth: { providers: { gest: {} } }", "warning", "Did you mean auth.providers.guest?"),
            (
                "backend: { reading: { allow: [{ host: a, zebra: [/a] }] } }", "unused",
                "backend.reading.allow[0].zebra is not used"
            ),
        ])
    func findings(_ text: String, _ severity: String, _ expected: String) throws {
        let check = ConfigCheck(try config(text), keys: Self.keys)
        #expect(
            check.findings.contains { $0.severity.rawValue == severity && $0.message.contains(expected) },
            "\(check.findings)")
    }

    @Test(
        "nothing where keys may follow is fine",
        arguments: ["app:", "auth: { providers: { guest: } }", "auth: { providers: { guest: {} } }", "catalog: {}"])
    func nothing(_ text: String) throws {
        #expect(ConfigCheck(try config(text), keys: Self.keys).findings == [])
    }

    @Test("a variable that is not set is told with the file that names it, whatever other files say beside")
    func unset() throws {
        let texts = [
            "base.yaml": "# one\nbackend:\n  auth:\n    dangerouslyDisableDefaultAuthPolicy: false\n",
            "local.yaml": "backend:\n  auth:\n    externalAccess:\n      - type: static\n        options:\n"
                + "          subject: ci\n          token: ${NO_SUCH}\n",
        ]
        let config = try AppConfigLoader(environment: [:]) { path in
            Array((texts[String(path.dropFirst("/portal/".count))] ?? "").utf8)
        }.load(["/portal/base.yaml", "/portal/local.yaml"]).config
        for path in ["backend.auth.externalAccess[0].options.token"] {
            let error = #expect(throws: PortalError.self) { try config.node(path).requiredText() }
            #expect(
                error?.message
                    == "Configuration: \(path) is missing (local.yaml:7, where the variable NO_SUCH is not set).")
        }
    }

    @Test("every sentence about a key has its place, also where nothing stands at the key")
    func places() async throws {
        let text = """
            auth:
              providers:
                github: {}
                okta: { development: { clientId: '${NO_SUCH}' } }

            pagerDuty: { token: '${NO_SUCH}' }
            zebra: { a: 1, b: { c: 2 } }
            app: { title: '${OTHER}' }
            catalog: { locations: [{ target: '${NO_SUCH}' }] }
            """
        var check = ConfigCheck(try config(text), keys: Self.keys)
        try await check.checkPlugins(standardPlugins)
        #expect(
            check.findings.map(\.message) == [
                "auth.providers.github is not used by Callboard (app-config.yaml:3).",
                "Configuration: auth.providers lets nobody sign in to the pages. Guest sign-in is off. Add "
                    + "auth.providers.guest to turn it on (app-config.yaml:3).",
                "auth.providers.okta is not used by Callboard (app-config.yaml:4).",
                "pagerDuty is not used by Callboard (app-config.yaml:6).",
                "zebra is known neither to Callboard nor to Backstage (app-config.yaml:7).",
                "app.title is absent (app-config.yaml:8, where the variable OTHER is not set).",
                "Configuration: catalog.locations[0].target is missing "
                    + "(app-config.yaml:9, where the variable NO_SUCH is not set).",
            ])
    }

    @Test("what follows from a mistake is not told as another")
    func consequences() async throws {
        let text = """
            backend:
              database: { connection: { directory: [] } }
              auth:
                externalAccess:
                  - { type: static, options: { token: '${NO_SUCH}', subject: a } }
                  - { type: static, options: { token: short, subject: c } }
            """
        var check = ConfigCheck(try config(text), keys: Self.keys)
        try await check.checkPlugins(standardPlugins)
        let starts = [
            "database.connection.directory must be text", "auth.externalAccess[0].options.token is missing",
            "auth.externalAccess[1].options.token must have at least",
        ]
        let found = check.findings.map(\.message)
        #expect(found.count == starts.count, "\(found)")
        for start in starts { #expect(found.contains { $0.hasPrefix("Configuration: backend.\(start)") }, "\(found)") }
    }

    @Test(
        "what has an error, or one around or below it, is not called unused too",
        arguments: [
            "backend: { reading: { allow: [{ zebra: [/a] }] } }", "backend: { reading: { allow: { host: a } } }",
            "auth: { session: hello }", "catalog: { locations: { a: 1 } }",
        ])
    func unusedAndWrong(_ text: String) async throws {
        var check = ConfigCheck(try config(text), keys: Self.keys)
        try await check.checkPlugins(standardPlugins)
        let errors = check.findings.filter { $0.severity == .error }
        #expect(errors.count == 1, "\(check.findings)")
        let path = errors.first?.message.split(separator: " ").dropFirst().first.map(String.init) ?? "-"
        #expect(
            !check.findings.contains { finding in
                finding.severity != .error && finding.message.hasPrefix("\(path) ")
                    || path.hasPrefix(String(finding.message.prefix { $0 != " " }))
            }, "\(check.findings)")
    }

    @Test("restrictions of tokens to what is not there are questioned, with what was perhaps meant")
    func restrictions() async throws {
        func advice(_ restriction: String) async throws -> [String] {
            let entry =
                "type: static, options: { token: '12345678', subject: a }, accessRestrictions: [\(restriction)]"
            var check = ConfigCheck(
                try config("backend: { auth: { externalAccess: [{ \(entry) }] } }"), keys: Self.keys)
            try await check.checkPlugins(standardPlugins)
            return check.findings.map(\.message)
        }
        let place = "Configuration: backend.auth.externalAccess[0].accessRestrictions[0]"
        let plugin = try await advice("{ plugin: catalgo }")
        #expect(plugin.count == 1 && plugin[0].hasPrefix("\(place).plugin names the plugin 'catalgo'"), "\(plugin)")
        #expect(plugin.first?.hasSuffix("Did you mean catalog?") == true, "\(plugin)")
        let permission = try await advice("{ plugin: catalog, permission: catalog.entity.raed }")
        #expect(permission.count == 1 && permission[0].hasPrefix("\(place).permission names"), "\(permission)")
        for restriction in [
            "{ plugin: catalog, permission: [catalog.entity.read, catalog.location.read] }", "{ plugin: metrics }",
            "{ plugin: permission }", "{ plugin: callboard }", "{ plugin: metrics, permission: metrics.read }",
        ] {
            #expect(try await advice(restriction) == [], "\(restriction)")
        }
    }

    @Test(
        "where the engine is unknown, nothing is said of how to reach it",
        arguments: ["postgres", "[]"])
    func engine(_ client: String) async throws {
        let text = "backend: { database: { client: \(client), connection: { host: h, user: u } } }"
        var check = ConfigCheck(try config(text), keys: Self.keys)
        try await check.checkPlugins(standardPlugins)
        let errors = check.findings.filter { $0.severity == .error }.map(\.message)
        #expect(errors.count == 1 && errors[0].hasPrefix("Configuration: backend.database.client "), "\(errors)")
    }

    @Test("a variable is told once, with all the places that it is missing for")
    func variableOnce() async throws {
        let text = """
            app: { title: '${NO_SUCH}', baseUrl: '${OTHER}' }
            catalog:
              locations:
                - { type: file, target: '${NO_SUCH}/a.yaml' }
                - { type: file, target: '${NO_SUCH}/b.yaml' }
            backend: { baseUrl: '${OTHER}' }
            """
        var check = ConfigCheck(try config(text), keys: Self.keys)
        try await check.checkPlugins(standardPlugins)
        #expect(
            check.findings.map(\.message) == [
                "app.baseUrl is absent (app-config.yaml:1, where the variable OTHER is not set); "
                    + "so is backend.baseUrl (app-config.yaml:6).",
                "Configuration: catalog.locations[0].target is missing (app-config.yaml:4, where the variable NO_SUCH "
                    + "is not set); so are app.title (app-config.yaml:1) and catalog.locations[1].target "
                    + "(app-config.yaml:5).",
            ])
    }

    @Test("whoever refuses to start tells every mistake at once, and of many the first")
    func refusal() throws {
        func refusal(_ text: String) throws -> String? {
            ConfigCheck(try config(text), keys: Self.keys).refusal?.message
        }
        #expect(try refusal("app: { title: a }") == nil)
        let readonly = "catalog.readonly must be true or false"
        #expect(try refusal("catalog: { readonly: x }") == "Configuration: \(readonly) (app-config.yaml:1).")
        #expect(
            try refusal("app: hello\ncatalog: { readonly: x }")
                == "The configuration has 2 mistakes:\n  app must be an object with keys such as "
                + "baseUrl, branding, navigation (app-config.yaml:1).\n  \(readonly) (app-config.yaml:2).")
        let many = [String](repeating: "{ type: [], target: a }", count: 25).joined(separator: ", ")
        #expect(try refusal("catalog: { locations: [\(many)] }")?.hasSuffix("\n  and 5 more.") == true)
    }

    @Test("what a later file says in place of a variable that is not set is not missed")
    func laterFiles() throws {
        let texts = [
            "/portal/a.yaml": "app: { title: '${NO_SUCH}' }", "/portal/b.yaml": "app: { title: Ours }",
        ]
        let config = try AppConfigLoader(environment: [:]) { Array((texts[$0] ?? "").utf8) }
            .load(["/portal/a.yaml", "/portal/b.yaml"]).config
        #expect(ConfigCheck(config, keys: Self.keys).findings == [])
    }

    @Test("files follow one another in findings as they were given")
    func fileOrder() throws {
        let texts = ["/portal/z.yaml": "\n\nzebra: 1", "/portal/a.yaml": "lion: 1\nzebra: { x: 1 }"]
        let config = try AppConfigLoader(environment: ["APP_CONFIG_ant": "1"]) { Array((texts[$0] ?? "").utf8) }
            .load(["/portal/z.yaml", "/portal/a.yaml"]).config
        let findings = ConfigCheck(config, keys: Self.keys).findings
        #expect(findings.map { $0.message.prefix { $0 != " " } } == ["lion", "zebra", "ant"])
    }

    @Test("includes that cannot be read are told beside all else")
    func lenientIncludes() throws {
        let text = "app: { title: { $file: none.txt } }\nzebra: 1\nlion: { $include: a.txt }"
        let loader = AppConfigLoader(environment: [:]) { path in
            guard path.hasSuffix("app-config.yaml") else { throw PortalError(.notFound, "\(path) does not exist.") }
            return Array(text.utf8)
        }
        let loaded = try loader.loadLeniently(["/portal/app-config.yaml"])
        let check = ConfigCheck(loaded.config, keys: Self.keys, mistakes: loaded.mistakes)
        #expect(check.findings.map(\.severity.rawValue) == ["error", "warning", "error"])
        #expect(check.findings[0].message.contains("app.title includes none.txt, which cannot be read"))
        #expect(check.findings[2].message.contains("lion includes a.txt, which is neither .yaml"))
    }

    @Test("an include that cannot be read ends its sentence once")
    func includes() throws {
        let loader = AppConfigLoader(environment: [:]) { path in
            guard path.hasSuffix("app-config.yaml") else { throw PortalError(.notFound, "\(path) does not exist.") }
            return Array("app: { title: { $file: none.txt } }".utf8)
        }
        let error = #expect(throws: PortalError.self) { try loader.load(["/portal/app-config.yaml"]) }
        #expect(error?.message.contains("/portal/none.txt does not exist (app-config.yaml:1).") == true)
    }

    @Test("what only a plugin knows to be wrong is found too")
    func plugins() async throws {
        let config = try config("catalog: { orphanStrategy: burn }")
        var check = ConfigCheck(config, keys: Self.keys)
        #expect(!check.hasErrors)
        try await check.checkPlugins(standardPlugins)
        #expect(check.findings.contains { $0.message.contains("catalog.orphanStrategy must be delete or keep") })
    }

    @Test("secrets are never printed, declared or not")
    func prints() throws {
        let printed = ConfigPrint(
            try config(
                """
                app: { title: Seen }
                backend:
                  auth: { externalAccess: [{ type: static, options: { token: shh-declared, subject: s } }] }
                  database: { client: pg, connection: "postgresql://u:shh-address@h/d" }
                integrations: { github: [{ host: github.com, token: shh-named }] }
                custom: { $env: T }
                """), keys: Self.keys)
        let text = YAMLWriter.text(printed.root) + printed.lines.joined(separator: "\n")
        #expect(!text.contains("shh-"))
        #expect(text.contains("title: Seen"))
        #expect(text.contains("host: github.com"))
    }

    @Test(
        "what looks like a secret is hidden by its own name, by those above it, or by its form",
        arguments: [
            "secrets: { GITHUB: shh-1 }", "custom: { tokens: [shh-1, shh-2] }", "custom: { tokens: { ci: shh-1 } }",
            "proxy: { endpoints: { /a: { target: 'https://h', headers: { X-Any: shh-1 } } } }",
            "backend: { https: { certificate: { key: shh-1 } } }", "custom: { passphrase: shh-1, accessKey: shh-2 }",
            "custom: { url: 'https://u:shh-1@h/x' }", "custom: { url: 'https://shh-1@h/x' }",
            "custom: { url: 'https://u:shh/1@h/x' }", "custom: { url: 'go to https://a and https://u:shh-1@h' }",
            "custom: { url: 'https://h/?a=b&access_token=shh-1' }", "custom: { url: 'https://h/?sig=shh-1' }",
            "custom: { text: 'Server=h;Pwd=shh-1' }", "custom: { text: 'host=h password = shh-1' }",
            "custom: { pem: \"-----BEGIN RSA PRIVATE KEY-----\\nshh-1\" }",
            "app: { baseUrl: 'https://u:shh-1@h' }", "custom: [{ $env: T }]", "custom: ['a ${T} b']",
            "{ zebra.x: { $env: T }, zebra: { x: 1 } }",
            "custom: { $file: shh.txt }", "custom: { $include: included.yaml }",
            "custom: [{ $include: included.yaml#b }]",
            "backend: { database: { connection: { ssl: { key: \"-----BEGIN PRIVATE KEY-----\\nshh-1\" } } } }",
            "backend: { auth: { externalAccess: [{ type: static, config: { token: shh-12345, other: shh-1 } }] } }",
        ])
    func hides(_ text: String) throws {
        let files = ["/portal/shh.txt": "shh-1", "/portal/included.yaml": "{ a: shh-1, b: shh-2 }"]
        let loaded = try AppConfigLoader(environment: ["T": "shh-from-outside"]) { path in
            Array((files[path] ?? text).utf8)
        }.load(["/portal/app-config.yaml"])
        let printed = ConfigPrint(loaded.config, keys: Self.keys)
        let shown = YAMLWriter.text(printed.root) + printed.lines.joined(separator: "\n")
        #expect(shown.contains("<secret>"))
        for line in shown.split(separator: "\n") {
            let value = line.split(separator: "#").first ?? ""
            #expect(!value.contains("shh"), "\(line)")
        }
    }

    @Test(
        "what is no secret stays to be read",
        arguments: [
            "auth: { backstageTokenExpiration: { hours: 2 } }", "app: { baseUrl: 'https://h:8443/a@b' }",
            "custom: { url: 'https://[::1]:7007/x' }", "custom: { url: 'https://h/p?a=b' }", "custom: { monkey: 1 }",
            "backend: { database: { connection: { host: a.example, user: b } } }",
            "catalog: { rules: [{ allow: [API] }] }",
        ])
    func shows(_ text: String) throws {
        let printed = ConfigPrint(try config(text), keys: Self.keys)
        #expect(!(YAMLWriter.text(printed.root) + printed.lines.joined()).contains("<secret>"))
    }

    @Test("what a variable sets is read where the key is known to be no secret, and hidden where nobody knows")
    func variables() throws {
        let variables = [
            "APP_CONFIG_backend_listen": "127.0.0.1:7008", "APP_CONFIG_app_title": "Seen",
            "APP_CONFIG_backend_database_connection": "shh-1", "APP_CONFIG_backend_auth_session_secret": "shh-2",
            "APP_CONFIG_auth_session_secret": "shh-3", "APP_CONFIG_invented": "shh-4",
            "APP_CONFIG_backend_auth_externalAccess":
                #"[{ "options": { "token": "shh-5" }, "accessRestrictions": [{ "permission": ["seen"] }] }]"#,
        ]
        let loaded = try AppConfigLoader(environment: variables) { _ in Array("app: {}".utf8) }
            .load(["/portal/app-config.yaml"])
        let printed = ConfigPrint(loaded.config, keys: Self.keys).lines.joined(separator: "\n")
        #expect(printed.contains("backend.listen: \"127.0.0.1:7008\""), "\(printed)")
        #expect(printed.contains("app.title: \"Seen\""))
        #expect(printed.contains("permission[0]: \"seen\""))
        #expect(!printed.contains("shh-"))
    }

    @Test("mistakes are named without the values that hold them")
    func mistakes() async throws {
        for text in [
            "backend: { database: { client: pg, connection: 'postgresql://u:shh%zz@h/d' } }",
            "backend: { auth: { externalAccess: [{ type: static, options: { token: 'shh 1', subject: s } }] } }",
            "backend: { auth: { externalAccess: [{ type: legacy, options: { secret: 'shh', subject: s } }] } }",
            "auth: { session: { secret: shh } }", "secret: shh-1", "auth: { session: { secret: [shh] } }",
        ] {
            let config = try config(text)
            var check = ConfigCheck(config, keys: Self.keys)
            try await check.checkPlugins(standardPlugins)
            #expect(!check.findings.isEmpty, "\(text)")
            #expect(!check.findings.contains { $0.message.contains("shh") }, "\(check.findings)")
        }
    }
}
