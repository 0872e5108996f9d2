extension GermanCatalog: PeopleWords {
    var ownership: String { "Besitz" }
    var ownsNothing: String { "Besitzt noch nichts. Ein Eintrag nennt seinen Eigentümer mit spec.owner." }
    var withSubgroups: String { "Mit Untergruppen" }
    var withGroups: String { "Mit eigenen Gruppen" }
    var onlyDirect: String { "Nur direkt" }
    func directly(_ count: Int) -> String { "\(count) direkt" }
    func ofThemDirectly(_ count: Int) -> String { "\(count) davon direkt, die anderen über Gruppen darunter." }
    var hierarchy: String { "Hierarchie" }
    var noMembers: String { "Noch keine Mitglieder. Ein Nutzer nennt seine Gruppen mit spec.memberOf." }
}
