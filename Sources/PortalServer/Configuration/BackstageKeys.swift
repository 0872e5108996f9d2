import PortalKit

/// Keys of app-config that Backstage or its well-known plugins read and Callboard does not, or not yet: a file that
/// has them is right, so they are named and not called mistakes.
///
/// Each stands for itself and all below it. After upstream's `config.d.ts` files.
enum BackstageKeys {
    static func knows(_ path: [String]) -> Bool { all.contains { $0.covers(path) } }

    /// The keys that may follow a path, for suggestions.
    static let all: [ConfigKey] = paths.map { ConfigKey($0, .any, "Read by Backstage.") }

    private static let paths: [String] = """
        app.analytics app.datadogRum app.experimental app.extensions app.https app.listen app.packages app.pluginOverrides
        app.routes app.theme app.title app.baseUrl app.branding app.sidebar
        backend.actions backend.auditor backend.auth backend.baseUrl backend.cache backend.cors backend.csp
        backend.database.appendName backend.database.connection backend.database.ensureExists
        backend.database.ensureSchemaExists backend.database.knexConfig backend.database.plugin
        backend.database.pluginDivisionMode backend.database.prefix backend.database.role
        backend.database.skipMigrations backend.database.useNullAsDefault backend.discovery
        backend.health backend.https backend.lifecycle.startupRequestPauseTimeout backend.listen backend.logger backend.metrics backend.packages backend.rateLimit backend.reading
        backend.referrer backend.server backend.trustProxy backend.workingDirectory
        discovery dynamicPlugins integrations
        auth.autologout auth.clientIdMetadataDocuments auth.cookies auth.environment auth.experimentalClientIdMetadataDocuments
        auth.experimentalDynamicClientRegistration auth.experimentalExtraAllowedOrigins auth.experimentalRefreshToken
        auth.identityTokenAlgorithm auth.keyStore auth.omitIdentityTokenOwnershipClaim auth.providers auth.session
        auth.backstageTokenExpiration
        catalog.builder catalog.disableDefaultProcessors catalog.disableRelationsCompatibility
        catalog.enableRelationsCompatibility catalog.import catalog.experimentalCatalogFilter catalog.locations
        catalog.orphanProviderStrategy catalog.orphanStrategy catalog.processingInterval catalog.processingIntervalSeconds
        catalog.processorOptions catalog.processors catalog.providers catalog.pathIgnores catalog.readonly
        catalog.rules catalog.stitchingStrategy catalog.stitchTimeout catalog.useUrlReadersSearch
        catalog.refreshIntervalSeconds catalog.allowedLocationTypes catalog.defaultLocationConflictStrategy
        catalogGraph catalogModelSources techdocs scaffolder search permission proxy kubernetes events notifications
        signals userSettings mcpActions openai
        argocd aws awsCodeBuild azureDevOps azureSites bitrise buildkite circleCi cloudbuild costInsights datadog
        dependencyTrack dependencytrack devtools dora dynatrace entityFeedback explore fossa gcp github githubActions gitlab gocd
        grafana home homepage ilert infraWallet jenkins jira kafka kiali kubecost lighthouse linguist linkerd microsoftCalendar
        newRelic newrelic nexusRepositoryManager nomad octopusdeploy opencost opsgenie pagerDuty periskop playlist
        prometheus puppetdb quay rbac rollbar sentry shortcuts snyk sonarqube splunkOnCall stackoverflow stackstorm
        techInsights techRadar tekton todo topology vault xcmetrics orchestrator ocm jfrogArtifactory feedback
        adoptionInsights buildInfo bulkImport customHomepage i18n lightspeed licensedUsers marketplace extensions
        """.split { $0.isWhitespace }.map(String.init)
}
