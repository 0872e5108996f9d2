import EntityModel
import HTTPTypes
import PortalKit

extension AuthAPI {
    private static let group = "Sign-in"

    private static let scripted = RouteDescription.Parameter.header(
        "X-Requested-With", ["const": "XMLHttpRequest"], "Shows that no page of another site asks.", isRequired: true)

    private static let session = RouteDescription.Answer.json(
        200,
        .schema([
            "profile": ["type": "object"], "providerInfo": ["type": "object"],
            "backstageIdentity": .schema([
                "token": .text, "expiresInSeconds": ["type": "number"],
                "identity": .schema([
                    "type": ["const": "user"], "userEntityRef": .text, "ownershipEntityRefs": .list(of: .text),
                ]),
            ]),
        ]), "A user token, and whose it is.")

    static let descriptions: [RouteDescription] =
        [
            RouteDescription(
                .get, "/api/auth/.well-known/jwks.json", name: "GetKeys", group: group,
                "The public keys for checking tokens",
                answers: [
                    .json(
                        200,
                        .schema([
                            "keys": .list(
                                of: .schema([
                                    "kty": .text, "crv": .text, "x": .text, "y": .text, "kid": .text, "alg": .text,
                                    "use": .text,
                                ]))
                        ]), "A JWK set (RFC 7517).")
                ]),
            RouteDescription(
                .get, "/api/auth/.well-known/openid-configuration", name: "GetOpenIDConfiguration", group: group,
                "Where the public keys are",
                answers: [
                    .json(
                        200, .schema(["issuer": .text, "jwks_uri": .text, "userinfo_endpoint": .text], isOpen: true),
                        "OpenID Connect Discovery, as far as it is served.")
                ]),
            RouteDescription(
                .get, "/api/auth/v1/userinfo", name: "GetUserInfo", group: group, "Who asks; people only",
                answers: [
                    .json(200, .schema(["claims": .schema(["sub": .text, "ent": .list(of: .text)])]), "Their claims.")
                ]),
        ]
        + [(.get, "GetGuestToken"), (.post, "RefreshGuestToken")].map { method, name in
            RouteDescription(
                method, "/api/auth/guest/refresh", name: name, group: group, "A user token for a guest",
                parameters: [scripted], answers: [session], errors: [.authentication, .notAllowed, .notFound])
        }
}

extension SignInAPI {
    static let descriptions = [
        RouteDescription(
            .post, "/api/auth/guest/logout", name: "SignGuestOut", group: "Sign-in",
            "Ends the session of the browser that asks",
            parameters: [
                .header(
                    "X-Requested-With", ["const": "XMLHttpRequest"], "Shows that no page of another site asks.",
                    isRequired: true)
            ],
            answers: [.empty(200, "There is no session any more.")], errors: [.authentication, .notAllowed])
    ]
}

extension AuthorizeAPI {
    private static let attributes = JSONValue.schema(
        ["action": ["enum": ["create", "read", "update", "delete"]]], optional: ["action"], isOpen: true)

    private static let permission: JSONValue = [
        "oneOf": [
            .schema(
                ["type": ["const": "basic"], "name": ["type": "string", "minLength": 1], "attributes": attributes],
                isOpen: true),
            .schema(
                [
                    "type": ["const": "resource"], "name": ["type": "string", "minLength": 1],
                    "attributes": attributes, "resourceType": .text,
                ], isOpen: true),
        ]
    ]

    private static let resources: JSONValue = [
        "oneOf": [.text, ["type": "array", "items": .text, "minItems": 1, "maxItems": .number(Double(mostItems))]]
    ]

    private static let result: JSONValue = ["enum": ["ALLOW", "DENY"]]

    private static let answer: JSONValue = [
        "oneOf": [
            .schema(["id": .text, "result": ["oneOf": [result, .list(of: result)]]]),
            .schema([
                "id": .text, "result": ["const": "CONDITIONAL"], "pluginId": .text, "resourceType": .text,
                "conditions": ["type": "object"],
            ]),
        ]
    ]

    static let descriptions = [
        RouteDescription(
            .post, "/api/permission/authorize", name: "Authorize", group: "Permissions",
            "What the caller may do; programs may ask without a resource and are told the conditions",
            body: .init(
                .schema(
                    [
                        "items": [
                            "type": "array", "maxItems": .number(Double(mostItems)),
                            "items": .schema(
                                ["id": .text, "permission": permission, "resourceRef": resources],
                                optional: ["resourceRef"], isOpen: true),
                        ]
                    ], isOpen: true),
                example: [
                    "items": [
                        [
                            "id": "1",
                            "permission": [
                                "type": "resource", "name": "catalog.entity.delete",
                                "attributes": ["action": "delete"], "resourceType": "catalog-entity",
                            ],
                            "resourceRef": "component:default/till",
                        ]
                    ]
                ]),
            answers: [.json(200, .schema(["items": .list(of: answer)]), "An answer for each, in their order.")]),
        RouteDescription(
            .get, "/api/permission/health", name: "GetPermissionHealth", group: "Permissions",
            "Whether the process answers", answers: [.json(200, .schema(["status": ["const": "ok"]]), "It does.")]),
    ]
}
