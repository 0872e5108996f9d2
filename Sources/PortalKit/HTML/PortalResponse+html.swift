public import HTTPTypes

extension PortalResponse {
    /// A page, or a part of one.
    public static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> PortalResponse {
        PortalResponse(status, headers: [.contentType: "text/html; charset=utf-8"], body: html.bytes)
    }
}
