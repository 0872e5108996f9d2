import HTTPTypes

/// Headers of every answer.
enum SecurityHeaders {
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; "
        + "trusted-types callboard-page callboard-palette callboard-peek"

    private static let fields: [HTTPField] = {
        let values = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            // Errors too: caches may keep a 404 by their own judgement.
            ("Cache-Control", "private, no-cache"),
        ]
        return values.compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
    }()

    static func add(to headers: inout HTTPFields) {
        for field in fields where headers[field.name] == nil { headers.append(field) }
    }
}
