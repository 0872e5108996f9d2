extension EnglishCatalog: LocationWords {
    var registerTitle: String { "Register existing components" }
    var registerText: String { "Add what a catalog-info.yaml declares to the catalog." }
    var nothingCanBeRegistered: String { "Nothing can be registered here" }
    var isReadonly: String {
        "The configuration says catalog.readonly: true. Locations are added under catalog.locations."
    }
    var addressLabel: String { "Address" }
    var urlHelp: String {
        "The file itself, not the page of a source host about it. Nothing is registered before you have seen "
            + "what is in it."
    }
    var analyze: String { "Analyze" }
    var filledByOther: String { "Another site filled this in. Press Analyze if you know the address." }
    var isConfigured: String { "The configuration names this address already, so its entities are read." }
    var addsNothing: String { "Nothing there is new" }
    var allIsReadFromThere: String { "All that can be read there is in the catalog already. " }
    var analyzeRaw: String { "Analyze the file's raw address" }
    var wrongShowsOnPage: String { "What is wrong shows on the location's page until it is mended; the rest is read." }
    var register: String { "Register" }
    var registerAnyway: String { "Register anyway" }
    var isRegistered: String { "This address is registered already" }
    var notReadYet: String { "It was not read yet." }
    var itsLocationTitle: String { "Its location" }
    var saysWhenRead: String { " says when it was read and what is wrong." }
    var registered: String { "Registered" }
    var registeredWithErrors: String { "Registered, with errors" }
    var isReadNow: String { " is read now. Load this page again in a moment." }
    var wasReadBut: String { " was read, and something is wrong; " }
    var saysWhat: String { " says what." }
    var wasRead: String { " was read; " }
    var saysIfWrong: String { " says if something is wrong." }
    var added: String { "Added" }
    var registeredLocations: String { "Registered locations" }
    var noneRegistered: String { "None yet. What you register is listed here." }
    var readFromIt: String { "Entities read through it" }
    var action: String { "Action" }
    var notReadYetShort: String { "not read yet" }
    var withErrors: String { "has errors" }
    var unregister: String { "Unregister" }
    var noEntityThere: String { "No entity there" }
    var noEntityThereText: String { "The file was read, and nothing in it is an entity." }
    var whichNames: String { ", which " }
    var inTheCatalog: String { "In the catalog" }
    var file: String { "File" }
    var declaredThere: String { "What is declared there" }
    var entitiesOfAddress: String { "Entities of this address" }
    var isNew: String { "New" }
    var isReadFromThere: String { "Read from there" }
    var isKeptFromElsewhere: String { "Kept from another file" }
    var unregisterShort: String { "Unregister location" }
    var unregisterQuestion: String { "Unregister this location?" }
    var keepIt: String { "Keep it" }
    var cannotUnregister: String { "It cannot be unregistered here" }
    var saysReadonly: String { "The configuration says catalog.readonly: true." }
    var nothingGoes: String { "Nothing goes" }
    var configurationReads: String { "The configuration names the same address, which is read as long as it does." }
    var noEntityGoes: String { "No entity goes with it." }
    var theyLeave: String {
        "They leave the catalog at once. Their file stays as it is; to bring them back, register its address "
            + "again."
    }
    var othersGo: String { " Others that you may not see go too." }
    var whatGoes: String { "What goes" }

    func unregister(_ target: String) -> String { "Unregister \(target)" }
    func problem(_ problem: RegistrableLocation.Problem) -> String { "\(problem.message)." }
    func wrong(_ count: Int) -> String { count == 1 ? "Something is wrong" : "\(number(count)) things are wrong" }
    func notShown(_ count: Int) -> String { "\(number(count)) more are not shown." }
    func names(_ others: Int) -> String { others == 0 ? " names." : " and \(others) more name." }
    func versionKept(_ place: String) -> String { "Declared in \(place), whose version is kept" }
    func entitiesGo(_ count: Int) -> String {
        count == 1 ? "One entity goes with it" : "\(number(count)) entities go with it"
    }
}
