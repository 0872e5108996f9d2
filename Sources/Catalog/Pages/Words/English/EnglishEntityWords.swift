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
    var cannotBeEdited: String { "No address is known at which its file can be edited." }
    var refresh: String { "Refresh" }
    var unregisterLocation: String { "Unregister location" }
    var delete: String { "Delete" }
    var partOf: String { "Part of" }
    var members: String { "Members" }
    var owns: String { "Owns" }
    var noFileDeclares: String { "No file declares this entity any more" }
    var orphanText: String { "It is an orphan: what is shown is what was read last. Declare it again, or delete it." }
    var longUnread: String { "Its file has not been read for long" }
    var wasReadLast: String { "It was read " }
    func shouldBeRead(everyMinutes minutes: Int) -> String {
        let often = minutes == 1 ? "minute or two" : "\(minutes) minutes or so"
        return ", and should be every \(often). What is shown may be old; Refresh reads it now."
    }
    var isDeprecated: String { "It is deprecated" }
    var useInstead: String { "Use " }
    var useInsteadEnd: String { " instead." }
    var noSuccessor: String {
        "Build nothing new on it. Whoever owns it can name what to use instead with the annotation "
    }
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
    func restLeftOut(_ relations: Int) -> String {
        "Relations after the first \(relations) and the ends of long texts are left out here; "
    }
    var apiHasAll: String { "the API has all of it" }
    var nothingRecorded: String { "Nothing is recorded yet." }
    var byConfiguration: String { "By a change of the configuration" }
    var bySomebody: String { "By somebody who was not signed in" }
    var by: String { "By " }
    var byProgram: String { "By the program " }
    var readFrom: String { "Read from " }
    var noLongerFound: String { "No longer found through " }

    func parts(of title: String) -> String { "Parts of \(title)" }
    func andMoreLinks(_ count: Int) -> String { " and \(number(count)) more" }
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
    var more: String { "More" }
    var dependencies: String { "Dependencies" }
    var usedBy: String { "Used by" }
    var parts: String { "Parts" }
    var nextToIt: String { "What is next to it" }
    var wholeGraph: String { "Whole graph" }
    var fewOfEach: String { "A few of each relation; the whole graph has all." }
    var showGraph: String { "Show the graph" }
    var rawJSON: String { "Raw JSON" }
    var valueToFillIn: String { "…" }
    var addToFile: String { "Add it to the file that declares the entity; the portal reads it within minutes." }
    var whatToAdd: String { "The entity with what is to be added" }
    var why: String { "Why it is so" }
    var noSource: String { "No file declares it any more; it stands as it was read last." }
    var lastRead: String { "Last read" }
    var nextReading: String { "Next reading" }
    var now: String { "now" }
    var never: String { "never" }
    var inputHash: String { "Hash of what was read" }
    var sourceTag: String { "ETag of the source" }
    var failedReadings: String { "Failed readings" }
    var failingSince: String { "Failing since" }
    var lastError: String { "Last error" }
    var heldSince: String { "Losses held since" }
    var ancestry: String { "Ancestry" }
    var noAncestors: String { "Nothing led to it." }
    var sameFile: String { "In the same file" }
    var noNeighbours: String { "The file declares nothing else." }
    var entityAsYAML: String { "The entity as YAML" }
    var rawText: String { "Raw text" }
    func nothingHere(_ title: String) -> String { "Nothing. “\(title)” is empty here." }
    func needIt(_ count: Int, _ depth: Int) -> String {
        count == 1
            ? "One entity needs this."
            : depth == 1
                ? "\(number(count)) entities need this."
                : "\(number(count)) entities need this, up to \(depth) steps away."
    }
    func moreThanNeedIt(_ count: Int, _ depth: Int) -> String {
        "More than \(number(count)) entities need this, at least \(depth) steps away."
    }
    func tabNeeds(_ title: String, _ count: Int) -> String {
        count == 1 ? "\(title) needs an annotation" : "\(title) needs \(number(count)) annotations"
    }
}
