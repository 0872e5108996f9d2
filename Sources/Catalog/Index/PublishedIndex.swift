import Synchronization

/// The index that readers see: replaced whole, so that nobody sees half a change.
package final class PublishedIndex: Sendable {
    private let published = Mutex(CatalogIndex())

    package init() {}

    package var current: CatalogIndex { published.withLock { $0 } }

    /// What is set here holds for the next one too.
    package func publish(_ index: CatalogIndex) {
        published.withLock { current in
            var next = index
            next.writesRelationTargets = current.writesRelationTargets
            current = next
        }
    }

    /// Whether relations are written with `target:{kind,namespace,name}` beside `targetRef`.
    package func writeRelationTargets(_ writes: Bool) { published.withLock { $0.writesRelationTargets = writes } }
}
