/// Words of generated catalogs.
enum GeneratedWords {
    static let adjectives = words(
        """
        amber brisk calm candid coral crisp dapper deft eager early fair fleet gentle glad golden grand hardy hazel \
        ivory jolly keen kind lively lucid mellow merry modest neat noble olive polite prime proud quick quiet rapid \
        ready royal rustic sharp silver sleek smart solid steady sturdy sunny swift tidy tranquil true upbeat velvet \
        vivid warm wise witty young zesty
        """)
    static let nouns = words(
        """
        account address alert archive asset audit balance basket billing booking calendar campaign capacity card cart \
        catalogue channel checkout claim consent contract coupon courier customer dashboard delivery deposit discount \
        document dossier email event export feature feed fleet forecast form fraud gateway gift graph identity image \
        import index ingest inventory invoice journal ledger license listing loyalty mailbox market media member \
        message metering notification offer order parcel partner payment payout planner policy preference pricing \
        product profile promotion quota quote rating receipt recommendation refund registry reminder rental report \
        reservation return review reward route schedule search segment session settlement shipment signup stock \
        subscription survey tariff tax ticket token tracking transfer translation upload usage voucher wallet warehouse
        """)
    static let tags = words(
        """
        java kotlin swift go python rust typescript react node spring grpc rest graphql kafka postgres redis mysql \
        mongodb elastic s3 kubernetes docker terraform helm lambda batch streaming internal external public pci gdpr \
        legacy beta critical tier-1 tier-2 tier-3 frontend backend mobile ios android data ml analytics platform infra \
        security observability payments search logistics finance growth
        """)
    static let componentTypes = words("service website library worker job function cli app pipeline plugin")
    static let resourceTypes = words("database queue bucket cache topic cluster secret-store table search-index")
    static let lifecycles = words("production experimental deprecated")
    static let sentence = words(
        """
        the a this every keeps sends reads stores shows checks builds answers collects forwards orders records by for \
        with from before after during within across without team user partner shop system request message file change \
        result day night hour minute queue table page region country currency limit rule step retry failure summary
        """)

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
