
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
figure-unit-activities = activities
figure-unit-visits = attendances
figure-unit-awards = awards
figure-unit-months = months
figure-unit-groups = groups
figure-unit-leaders = leaders
figure-unit-reviews = reviews
figure-activities = Activities held
figure-def-activities = Activities that took place: not cancelled, with check-ins or an estimate of how many came.
figure-direct-visits = Served directly
figure-def-direct-visits = Each check-in counts once; the same person at two activities counts twice. Estimates are left out.
figure-indirect-visits = Reached indirectly
figure-def-indirect-visits = People who did not check in but saw or used it, estimated by the organisers, each with its basis; never added to those served directly.
figure-awards = Awards given
figure-def-awards = Awards that were given, one for each certificate; nominations alone do not count.
figure-implementation-months = Time of implementation
figure-def-implementation-months = Whole months from the day the season began to run to the day it moved on to its showcase.
figure-groups = Groups
figure-def-groups = Groups with at least one project, each once.
figure-group-leaders = Group leaders
figure-def-group-leaders = Leaders who were recommended or elected, one for each group.
figure-midterm-reviews = Mid-term reviews
figure-def-midterm-reviews = Mid-term reviews whose results were posted; a season has one, however many projects and rounds it took.
figure-estimated = estimated
figure-estimated-hint = This is an estimate and not a count of check-ins. Each line below says what it rests on.
figure-basis = Basis: { $basis }
figure-round = Round { $round }
figure-stage = Came to the stage: { $stage }
figure-unit-trainings = sessions
figure-trainings = Trainings held
figure-def-trainings = Trainings to which somebody came, each once.
