import Synchronization

/// One version of the index, as readers hand it on: that counts one reference instead of dozens.
package final class IndexVersion: Sendable {
    package let index: CatalogIndex

    package init(_ index: CatalogIndex) { self.index = index }
}

/// The index that readers see: replaced whole, so that nobody sees half a change.
package final class PublishedIndex: Sendable {
    private let published = Mutex(IndexVersion(CatalogIndex()))

    package init() {}

    package var version: IndexVersion { published.withLock { $0 } }
    package var current: CatalogIndex { version.index }

    package func publish(_ index: CatalogIndex) {
        let version = IndexVersion(index)
        published.withLock { $0 = version }
    }
}
