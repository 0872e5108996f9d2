import Database
import PortalKit

@testable import Catalog

/// What people know of what they did, and have seen.
struct People: Sendable {
    enum Known: Sendable {
        case isSo
        case isNotSo
        case isUnknown
    }

    /// Of each location whether it is registered.
    var registered: [String: Known] = [:]
    /// Locations that somebody registers or unregisters just now.
    var busy: Set<String> = []
    /// Changes of files of which the catalog has not been told, by path: how often it changed.
    var untold: [String: Int] = [:]
    /// By session, the feed number of what it has seen.
    var seen: [Int64]
}

/// What people do on a replica, by the same calls as its API and pages.
extension Replica {
    private var people: Shared<People> { world.people }
    private static var cause: ChangeCause { .user("user:default/jane") }

    private func complain(_ text: String) { world.server.ledger.complain(text) }

    /// As the watch of local files tells of changes.
    func tell(of paths: [String]) async {
        let known = people.value.untold
        do {
            let readers = try await sources.readers(of: paths)
            let moved = paths.map { MovedPath(path: $0, isFile: world.files.value.files[$0] != nil) }
            let affected = MovedPath.affected(try await sources.patterns(), by: moved, paths)
            try await sources.request(readers.values.flatMap(\.self) + affected)
        } catch { return }
        people.change { people in
            for path in paths where people.untold[path] == known[path] { people.untold[path] = nil }
        }
    }

    func refresh(_ reference: String) async throws {
        guard let ids = try await sources.sources(of: reference) else { return }
        try await sources.request(ids)
    }

    func delete(_ uid: String) async throws {
        try await EntityStore(database: database).delete(uid: uid, by: Self.cause)
        world.server.ledger.state.change { _ = $0.deleted.insert(uid) }
        try await catchUp()
        if index.current.slot(uid: uid) != nil { complain("replica \(number) shows what was deleted through it") }
    }

    func register(_ path: String) async {
        defer { people.change { _ = $0.busy.remove(path) } }
        do {
            _ = try await roots.register(LocationReference(type: "file", target: path), by: Self.cause)
            people.change { $0.registered[path] = .isSo }
        } catch let error as PortalError where error.kind == .conflict {
            if case .isNotSo? = people.value.registered[path] { complain("\(path) is registered by nobody") }
            people.change { $0.registered[path] = .isSo }
        } catch { people.change { $0.registered[path] = .isUnknown } }
    }

    func unregister(_ path: String) async {
        defer { people.change { _ = $0.busy.remove(path) } }
        do {
            let found = try await roots.registered().first { $0.location.target == path }
            guard let found else {
                if case .isSo? = people.value.registered[path] { complain("\(path) is registered no more") }
                return people.change { $0.registered[path] = .isNotSo }
            }
            guard try await roots.unregister(found.id, by: Self.cause) else {
                return complain("\(path) was unregistered by nobody")
            }
            people.change { $0.registered[path] = .isNotSo }
        } catch { people.change { $0.registered[path] = .isUnknown } }
    }

    /// Somebody who has seen something comes to this replica.
    func visit(_ session: Int) async throws {
        let seen = people.value.seen[session]
        if index.current.head < seen { try await catchUp() }
        let head = index.current.head
        if head < seen { complain("session \(session) saw \(seen) and now \(head) on replica \(number)") }
        people.change { $0.seen[session] = max($0.seen[session], head) }
    }
}
