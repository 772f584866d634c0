
figures-title = Figures
figures-hint = Each number is counted from records just now; nobody typed it in. Open a number to see the records behind it.
figure-definitions = What each number counts
figure-source = The records it was counted from
figure-records = { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
figure-record = Record
figure-day = Day
figure-record-merged = Merged into another idea
figure-empty = No records yet
figure-empty-hint = The number changes by itself once there are records.
figure-counted = Counted: { $value }, from { $records ->
        [one] { $records } record
       *[other] { $records } records
    }.
figure-digest = Digest
figure-digest-hint = Two people who count the same records have the same digest; if one record differs, so does the digest.
figure-unit-communities = communities
figure-unit-ideas = ideas
figure-unit-projects = projects
figure-unit-fields = fields
figure-communities-visited = Communities visited
figure-def-communities-visited = Communities with at least one visit that was not struck out, each once.
figure-ideas = Ideas
figure-def-ideas = Ideas that are shown, and those merged into another, each once; not those withdrawn or not let through. Of an idea that was split, its parts count.
figure-supported-proposals = Proposals supported
figure-def-supported-proposals = Projects on the approved list; where a vote alone decides, the winners of the published result.
figure-fields = Fields covered
figure-def-fields = The different fields of the projects supported.
figure-projects = Projects
figure-def-projects = Projects on the approved list, of all tiers.
figure-projects-demonstration = Demonstration projects
figure-def-projects-demonstration = Projects on the approved list that applied as demonstration projects.
figure-projects-brand = Brand projects
figure-def-projects-brand = Projects on the approved list that applied as brand projects.
figure-projects-seedling = Seedling projects
figure-def-projects-seedling = Projects on the approved list that applied as seedling projects.
refusal-figure-not-found = There is no such figure.
