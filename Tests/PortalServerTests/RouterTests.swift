import HTTPTypes
import PortalKit
import Testing

@testable import PortalServer

@Suite struct RouterTests {
    private func route(_ method: HTTPRequest.Method, _ path: String) -> Route {
        Route(method, path, access: .authenticated) { _ in .text(path) }
    }

    private func describe(_ match: Router.Match) -> String {
        switch match {
        case .route(let route, let parameters):
            "\(route.path) "
                + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        case .wrongMethod(let allowed): "405 \(allowed.joined(separator: ","))"
        case .none: "404"
        }
    }

    @Test("paths find their routes, with decoded parameters")
    func matching() throws {
        let router = try Router([
            route(.get, "/"), route(.get, "/api/entities/{uid}"), route(.delete, "/api/entities/{uid}"),
            route(.get, "/api/entities/by-query"), route(.get, "/catalog/{namespace}/{kind}/{name}"),
            route(.get, "/docs/{rest*}"),
        ])
        func match(_ method: HTTPRequest.Method, _ path: Substring) -> String { describe(router.match(method, path)) }
        #expect(match(.get, "/") == "/ ")
        #expect(match(.get, "/api/entities/by-query") == "/api/entities/by-query ")
        #expect(match(.get, "/api/entities/a%2Fb") == "/api/entities/{uid} uid=a/b")
        #expect(match(.head, "/api/entities/x") == "/api/entities/{uid} uid=x")
        #expect(match(.post, "/api/entities/x") == "405 DELETE,GET")
        #expect(
            match(.get, "/catalog/default/api/x%20y")
                == "/catalog/{namespace}/{kind}/{name} kind=api,name=x y,namespace=default")
        #expect(match(.get, "/docs/a/b") == "/docs/{rest*} rest=a/b")
        #expect(match(.get, "/docs") == "/docs/{rest*} rest=")
        #expect(match(.get, "/nowhere") == "404")
        #expect(match(.get, "/api/entities") == "404")
        #expect(match(.get, Substring(String(repeating: "/a", count: 100_000))) == "404")
    }

    @Test("two claims on one route are refused at boot")
    func duplicates() {
        #expect(throws: PortalError.self) { try Router([self.route(.get, "/a/{b}"), self.route(.get, "/a/{b}")]) }
        #expect(throws: PortalError.self) { try Router([self.route(.get, "/a/{b}"), self.route(.put, "/a/{c}")]) }
    }
}
