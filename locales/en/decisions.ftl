# A result and its reasons
result-title = The result, and why
result-summary = { $winners } of { $projects } projects were chosen; of the budget of { $budget }, { $spent } is used.
result-winners = Chosen projects
result-losers = Projects not chosen
result-chosen = Chosen
result-not-chosen = Not chosen
result-step = Chosen as number { $n }.
result-step-left = Chosen as number { $n }; after it, { $left } of the budget was left.
result-supporters = { $n ->
        [one] { $n } supporter
       *[other] { $n } supporters
    }
result-votes-cost = { $votes ->
        [one] { $votes } vote · { $cost }
       *[other] { $votes } votes · { $cost }
    }
result-pending = The result is not published yet. It will be posted here when voting has closed and the count is checked.
result-why = Why this result
step-price = Its supporters share the cost; each pays at most { $price }.

# Why a project was not chosen
lost-no-supporters = Nobody supported it.
lost-over-budget = It alone costs more than the whole budget: it needs { $cost }, the budget is { $budget }.
lost-costs-nothing = It costs nothing. This rule shares out money, so it does not choose it; it can go ahead without the budget.
lost-does-not-fit = When its turn came only { $left } was left; it needs { $cost }, so { $missing } was missing.
lost-turn-not-reached = The count ended before its turn: a project that came before it did not fit into the { $left } that were left. This one needs { $cost }.
lost-supporters-short = Its supporters together had { $had } left; it needs { $cost }, so { $missing } was missing.
lost-given = At first its supporters together were given { $given }.
lost-spent = { $amount } went to “{ $project }”.
lost-spent-others = { $n ->
        [one] Another { $amount } went to { $n } other project.
       *[other] Another { $amount } went to { $n } other projects.
    }
whatif-both = { $n ->
        [one] With { $n } more supporter, or at a cost of at most { $cost }, it would have been chosen.
       *[other] With { $n } more supporters, or at a cost of at most { $cost }, it would have been chosen.
    }
whatif-supporters = { $n ->
        [one] With { $n } more supporter it would have been chosen.
       *[other] With { $n } more supporters it would have been chosen.
    }
whatif-cost = At a cost of at most { $cost } it would have been chosen.

# Turnout
turnout-title = How many voted
turnout-line = { $voters } of { $roll } people on the roll voted: a turnout of { $percent }.
turnout-ballots = { $n ->
        [one] { $n } ballot was cast.
       *[other] { $n } ballots were cast.
    }
turnout-label = Turnout

# Rules, in plain words: the rule's code after "rule-"
rule-title = The rule used
rule-greedy-cost = Most votes first
rule-greedy-cost-plain = Projects are taken in order of votes. If the money left is enough, the project is chosen; if not, it is skipped and the next one is looked at.
rule-mes-cost = Method of equal shares
rule-mes-cost-plain = The budget is split equally among the voters, and each share may only be spent on projects its voter supports. A project is chosen when its supporters can pay for it together; the best value for each supporter's money goes first.
rule-mes-add1u-cost-cost = Method of equal shares, shares raised step by step, the rest by votes
rule-mes-add1u-cost-cost-plain = First equal shares is run. If money is left, everyone's share is raised a little and the count is run again, for as long as the chosen projects stay within the budget. What is left at the end goes to the projects with most votes that still fit.
phase-greedy = Chosen by votes
phase-equal-shares = Paid for by its supporters' shares
phase-completion = Added with the money left
phase-phragmen = Chosen for the lightest load on its supporters
verdict-title = Why this holds
verdict-explain = The rule, the ballots and the result are in the ledger. Anyone can count again.
verdict-recount = Count it again yourself
verdict-inputs = Fingerprint of the ballots
secret-note = We publish how many supported a project, never who.

# The ballot
vote-title = Vote
vote-hint = You may choose several projects, at most { $limit }.
vote-send = Cast my vote
vote-thanks = Your vote is in. Thank you
vote-receipt = Please keep the receipt: with it you can find your ballot among those published.
vote-not-open = Voting is not open now.

# How the count ended: the outcome's code after "stop-"
stop-title = Why the count ended here
stop-exhaustive = The money left is not enough for any other project with supporters.
stop-infeasible = With slightly larger shares the chosen projects would cost more than the budget, so the count stops here.
stop-once = The rule counts once, until no project's supporters can pay for it.
stop-end-of-list = All projects have been looked at.
stop-would-exceed = The next project, or one level with it, costs more than the money left; this rule ends there.
stop-no-ballots = No ballots were cast.
share-each = In the end each voter's share was { $amount }.
share-runs = { $n ->
        [one] The shares were tried { $n } time.
       *[other] The shares were tried { $n } times.
    }

# The page of a result
result-not-yet = No result yet
result-bar-note = A longer bar means a larger share of all ballots; a hatched one was not chosen.
phase-line = How it was chosen: { $phase }.
project-share = Of all ballots
project-why-won = Why it was chosen
project-why-lost = Why it was not chosen
lost-shares-short = The shares its supporters had left were not enough.
lost-spent-rest = Another { $amount } went to other chosen projects.
lost-label-needed = It needs
lost-label-given = Given to its supporters
lost-label-had = Left when it fell short
lost-label-missing = Missing
lost-from-the-start = All its supporters’ shares together were too little from the start.
lost-second-chance = Later, when the money left was given out, only { $left } remained at its turn, which was not enough either.
lost-shares-title = What its supporters had
whatif-title = What would have been enough
whatif-note = Found by counting again with this one change and all else the same.
verdict-rule-set = Rule set: { $name }
verdict-entry = The ledger entry that published the result
verdict-step-export = Whoever runs this site makes an export with the command below. It holds no personal data, and anyone may have a copy.
verdict-step-key = Copy the ledger’s public key from here and save it as key.txt.
verdict-step-verify = Run the command below on your own computer. It counts again from the ballots, without a network.
secrecy-title = How the vote is kept secret
secrecy-public = We publish how many supported a project, never who. A ballot has a random number, no time and no name; the roll says who has voted, not for what.
secrecy-operator = To be plain: while the vote is open, someone who can read the database directly sees who has voted and which ballots are in, and with skill could match the two. After the close the roll and the ballots are each laid anew, and the database no longer holds that link; backups made while the vote was open still may.
own-projects-title = Your projects
own-projects-note = How review and vote ended for each, and why, stands on its page.
project-own = This is your project. Once a result is known, this page says how it came about and why.
project-review-title = What the panel says
project-review = Rank { $rank } of the review, with { $points } points.
project-review-sheets = See each score sheet and how the points came about
project-way-proposal = The proposal it comes from
project-way-money = How its money is spent

# Beside the pages: linli tally --explain
tally-rule = Rule: { $rule }
tally-points = Altogether it was given { $points } points.
tally-money = What its supporters had together, at first and after each choice: { $list }.
tally-price-point = Its supporters share the cost; each pays at most { $price } for each point they gave it.
tally-load = Each of its supporters then bears { $load }.
tally-whatif-none = Counted again: no number of further supporters and no lower cost that was tried would have been enough.
verdict-recount-here = This result stands in the register as a verdict: its page computes it anew at a tap, and offers all ballots for download.
verdict-recount-go = Recompute this result
lost-spent-lead = At first its supporters together were given { $given }. Of that, { $spent } went to projects chosen before:
lost-turn-last = Nobody supported it, so its turn would have come last. The count ended before that: { $left } was left, and a project that came before it did not fit; this rule ends there.
whatif-both-exactly =
        { $n ->
            [one] With { $n } more supporter, or at a cost of exactly { $cost }, it would have been chosen. Not every other cost was tried.
           *[other] With { $n } more supporters, or at a cost of exactly { $cost }, it would have been chosen. Not every other cost was tried.
        }
whatif-cost-exactly = At a cost of exactly { $cost } it would have been chosen. Not every other cost was tried.
whatif-fewer = Not every smaller number was tried; fewer may be enough.
whatif-effort = The counts set aside for this search are used up, so it ended early.
phase-greedy-card = Chosen by votes per cost
phase-greedy-cost-sqrt = Chosen by votes divided by the square root of the cost
phase-greedy-addcard = Chosen by points per cost
phase-greedy-borda = Chosen by place points per cost
tally-order-cost = Projects are taken in order of votes; one that does not fit into the money left is skipped.
tally-order-card = Projects are taken in order of votes per cost; one that does not fit into the money left is skipped.
tally-order-cost-sqrt = Projects are taken in order of votes divided by the square root of the cost; one that does not fit into the money left is skipped.
tally-order-addcard = Projects are taken in order of points per cost; one that does not fit into the money left is skipped.
tally-order-borda = Projects are taken in order of place points per cost, one point for each project that a ballot places after it; one that does not fit into the money left is skipped.
tally-fill-cost = What equal shares leaves goes, in order of votes, to the projects that still fit.
tally-fill-card = What equal shares leaves goes, in order of votes per cost, to the projects that still fit.
tally-fill-cost-sqrt = What equal shares leaves goes, in order of votes divided by the square root of the cost, to the projects that still fit.
tally-fill-addcard = What equal shares leaves goes, in order of points per cost, to the projects that still fit.
tally-fill-borda = What equal shares leaves goes, in order of place points per cost, one point for each project that a ballot places after it, to the projects that still fit.
