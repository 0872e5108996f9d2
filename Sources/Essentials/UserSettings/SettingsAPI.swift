import EntityModel
import HTTPTypes
import PortalKit

/// Upstream's API of settings: one value for each bucket and key of whoever asks.
struct SettingsAPI: Sendable {
    let settings: any UserSettingsService

    static let valuePath = "/api/user-settings/buckets/{bucket}/keys/{key}"

    var routes: [Route] {
        [
            Route(.get, Self.valuePath, access: .authenticated, handler: value),
            Route(
                .put, Self.valuePath, access: .authenticated, maximumBodyBytes: SettingsLimits.largestBody,
                handler: write),
            Route(.delete, Self.valuePath, access: .authenticated, handler: remove),
            Route(
                .post, "/api/user-settings/multiget", access: .authenticated,
                maximumBodyBytes: SettingsLimits.largestBody, handler: values),
        ]
    }

    private func value(_ request: PortalRequest) async throws -> PortalResponse {
        let owner = try request.principal.settingsUser.settingsOwner
        let name = try Self.name(request)
        guard let value = try await settings.value(name, of: owner) else {
            throw PortalError(.notFound, "Unable to find '\(name.key)' in bucket '\(name.bucket)'")
        }
        return Self.answer(Self.json(name, value))
    }

    private func write(_ request: PortalRequest) async throws -> PortalResponse {
        let owner = try request.principal.settingsUser.settingsOwner
        let name = try Self.name(request)
        guard let value = try JSONBody.object(request)["value"] else {
            throw PortalError(.input, "Missing required field \"value\"")
        }
        try await settings.write(value, as: name, of: owner)
        return Self.answer(Self.json(name, value))
    }

    private func remove(_ request: PortalRequest) async throws -> PortalResponse {
        let owner = try request.principal.settingsUser.settingsOwner
        try await settings.remove(try Self.name(request), of: owner)
        return PortalResponse(.noContent)
    }

    private func values(_ request: PortalRequest) async throws -> PortalResponse {
        let owner = try request.principal.settingsUser.settingsOwner
        let names = try Self.names(try JSONBody.object(request)["items"])
        let values = try await settings.values(names, of: owner)
        return Self.answer(["items": .array(values.map { $0.map { ["value": $0] } ?? .null })])
    }

    private static func name(_ request: PortalRequest) throws -> SettingName {
        let name = SettingName(bucket: try request.parameter("bucket"), key: try request.parameter("key"))
        try SettingsLimits.check(name)
        return name
    }

    private static func names(_ items: JSONValue?) throws -> [SettingName] {
        guard let items = items?.array else { throw PortalError(.input, "Missing required field \"items\", a list") }
        guard items.count <= SettingsLimits.mostAtOnce else {
            throw PortalError(.input, "More than \(SettingsLimits.mostAtOnce) items cannot be asked for at once")
        }
        return try items.map { item in
            guard let bucket = item["bucket"]?.string, let key = item["key"]?.string else {
                throw PortalError(.input, "Each of the items must have a \"bucket\" and a \"key\", both text")
            }
            return SettingName(bucket: bucket, key: key)
        }
    }

    private static func json(_ name: SettingName, _ value: JSONValue) -> JSONValue {
        ["bucket": .string(name.bucket), "key": .string(name.key), "value": value]
    }

    private static func answer(_ value: JSONValue) -> PortalResponse {
        var response = PortalResponse.json(value)
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
