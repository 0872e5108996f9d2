import Foundation

extension EnglishCatalog: EntityWords {
    var overview: String { "Overview" }
    var definition: String { "Definition" }
    var history: String { "History" }
    var inspect: String { "Inspect" }
    var fileWasRead: String { "Its file was read again." }
    var fileIsReadSoon: String { "Its file is read again soon. Load the page anew to see what came of it." }
    var viewSource: String { "View source" }
    var edit: String { "Edit" }
    var refresh: String { "Refresh" }
    var unregisterLocation: String { "Unregister location" }
    var delete: String { "Delete" }
    var partOf: String { "Part of" }
    var members: String { "Members" }
    var owns: String { "Owns" }
    var noFileDeclares: String { "No file declares this entity any more" }
    var orphanText: String { "It is an orphan: what is shown is what was read last. Declare it again, or delete it." }
    var itBegan: String { "It began " }
    var shownWasRead: String { "; what is shown was read " }
    var moreThanOneFile: String { "More than one file declares it" }
    var somethingToLookAt: String { "Something to look at" }
    var locationUnreadable: String { "Something that this location leads to could not be read" }
    var definitionUnreadable: String { "Its definition could not be read" }
    var partUnreadable: String { "A part of it could not be read" }
    var unreadable: String { "It could not be read" }
    var newestUnreadable: String { "Its newest version could not be read; the last good one is shown" }
    var about: String { "About" }
    var noDescription: String { "No description. Add metadata.description to its file." }
    var targets: String { "Targets" }
    var links: String { "Links" }
    var noLinks: String { "No links. Add metadata.links to its file." }
    var labels: String { "Labels" }
    var source: String { "Source" }
    var declaredIn: String { "Declared in" }
    var foundThrough: String { "Found through" }
    var location: String { "Location" }
    var showLocation: String { "Show the location" }
    var readThroughIt: String { "What was read through it" }
    var relations: String { "Relations" }
    var noRelations: String { "Nothing depends on it, and it depends on nothing." }
    var definitionMissing: String { "The definition could not be read; see the error above." }
    var identity: String { "Identity" }
    var annotations: String { "Annotations" }
    var entityAsJSON: String { "The entity as JSON" }
    var foldersLeftOut: String { "Folders of the host are left out here, as on every page; " }
    var apiHasThem: String { "the API has the paths whole" }
    var nothingRecorded: String { "Nothing is recorded yet." }
    var byConfiguration: String { "By a change of the configuration" }
    var bySomebody: String { "By somebody who was not signed in" }
    var by: String { "By " }
    var byProgram: String { "By the program " }
    var readFrom: String { "Read from " }
    var noLongerFound: String { "No longer found through " }

    func parts(of title: String) -> String { "Parts of \(title)" }
    func andMoreLinks(_ count: Int) -> String { " and \(count) more" }
    func misspelt(_ count: Int) -> String { count == 1 ? "A field may be misspelt" : "Fields may be misspelt" }
    func leadsToNothing(_ count: Int) -> String {
        count == 1 ? "A relation leads to nothing" : "Relations lead to nothing"
    }
    func catalogHasNo(_ count: Int) -> String { count == 1 ? "The catalog has no " : "The catalog has none of " }
    func registerOrMend(_ count: Int) -> String {
        count == 1 ? ". Register it, or mend the name in the file." : ". Register them, or mend the names in the file."
    }
    func relation(_ type: String) -> String? {
        switch type {
        case "ownedBy": "Owned by"
        case "partOf": "Part of"
        case "hasPart": "Has parts"
        case "providesApi": "Provides APIs"
        case "consumesApi": "Consumes APIs"
        case "apiProvidedBy": "Provided by"
        case "apiConsumedBy": "Consumed by"
        case "dependsOn": "Depends on"
        case "dependencyOf": "Needed by"
        case "childOf": "Parent"
        case "parentOf": "Children"
        case "hasMember": "Members"
        case "memberOf": "Member of"
        case "ownerOf": "Owns"
        default: nil
        }
    }
    func change(_ kind: String) -> String { kind.capitalized }
}
