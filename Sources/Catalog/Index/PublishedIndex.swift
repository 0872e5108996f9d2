import Synchronization

/// One version of the index, as readers hand it on: that counts one reference instead of dozens.
package final class IndexVersion: Sendable {
    /// What holds in this version; it never changes.
    package let index: CatalogIndex

    /// A version with an index, which is copied this once.
    package init(_ index: CatalogIndex) { self.index = index }
}

/// The index that readers see: replaced whole, so that nobody sees half a change.
package final class PublishedIndex: Sendable {
    private let published = Mutex(IndexVersion(CatalogIndex()))

    package init() {}

    /// The newest version, for whoever hands it on.
    package var version: IndexVersion { published.withLock { $0 } }
    /// The index of the newest version, for whoever asks once.
    package var current: CatalogIndex { version.index }

    /// What `writeRelationTargets` has set holds for the next one too.
    package func publish(_ index: CatalogIndex) {
        published.withLock { version in
            var next = index
            next.writesRelationTargets = version.index.writesRelationTargets
            version = IndexVersion(next)
        }
    }

    /// Whether relations are written with `target:{kind,namespace,name}` beside `targetRef`.
    package func writeRelationTargets(_ writes: Bool) {
        published.withLock { version in
            var next = version.index
            next.writesRelationTargets = writes
            version = IndexVersion(next)
        }
    }
}
