import PortalKit

/// The permissions of the catalog, by upstream's names.
package enum CatalogPermissions {
    static let entityRead = Permission("catalog.entity.read", .read, on: "catalog-entity")
    static let entityRefresh = Permission("catalog.entity.refresh", .update, on: "catalog-entity")
    static let entityDelete = Permission("catalog.entity.delete", .delete, on: "catalog-entity")
    static let entityCreate = Permission("catalog.entity.create", .create)
    static let entityValidate = Permission("catalog.entity.validate", .use)
    static let locationRead = Permission("catalog.location.read", .read)
    static let locationCreate = Permission("catalog.location.create", .create)
    static let locationDelete = Permission("catalog.location.delete", .delete)
    static let locationAnalyze = Permission("catalog.location.analyze", .use)

    package static let all = [
        entityRead, entityRefresh, entityDelete, entityCreate, entityValidate, locationRead, locationCreate,
        locationDelete, locationAnalyze,
    ]
}
