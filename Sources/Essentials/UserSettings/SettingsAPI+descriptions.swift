import EntityModel
import HTTPTypes
import PortalKit

extension SettingsAPI {
    private static let group = "User settings"
    private static let name: JSONValue = [
        "type": "string", "minLength": 1, "maxLength": .number(Double(SettingsLimits.longestName)),
    ]
    private static let names: [RouteDescription.Parameter] = [
        .path("bucket", name, "A name for settings that belong together.", example: "default"),
        .path("key", name, "The name of one setting.", example: "theme"),
    ]
    private static let setting = JSONValue.schema(["bucket": .text, "key": .text, "value": [:]])

    /// People only: programs are answered 403.
    static let descriptions = [
        RouteDescription(
            .get, valuePath, name: "GetUserSetting", group: group, "A setting of whoever asks", parameters: names,
            answers: [.json(200, setting, "The setting.")], errors: [.notFound]),
        RouteDescription(
            .put, valuePath, name: "PutUserSetting", group: group, "Keeps a setting of whoever asks",
            parameters: names, body: .init(.schema(["value": [:]], isOpen: true), example: ["value": "dark"]),
            answers: [.json(200, setting, "The setting as it is kept.")]),
        RouteDescription(
            .delete, valuePath, name: "DeleteUserSetting", group: group, "Forgets a setting of whoever asks",
            parameters: names, answers: [.empty(204, "There is none any more.")]),
        RouteDescription(
            .post, "/api/user-settings/multiget", name: "GetUserSettings", group: group,
            "Several settings of whoever asks",
            body: .init(
                .schema(
                    [
                        "items": [
                            "type": "array", "maxItems": .number(Double(SettingsLimits.mostAtOnce)),
                            "items": .schema(["bucket": name, "key": name], isOpen: true),
                        ]
                    ], isOpen: true),
                example: ["items": [["bucket": "default", "key": "theme"]]]),
            answers: [
                .json(
                    200,
                    .schema(["items": .list(of: ["oneOf": [.schema(["value": [:]]), ["type": "null"]]])]),
                    "A value for each, in their order; null where there is none.")
            ]),
    ]
}
